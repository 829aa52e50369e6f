import { useRef, useState } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import type { ImportReport } from '#shared/domain/import-report.ts';
import { act } from '#renderer/state/act.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats, useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { text } from '#renderer/ui/text.ts';
import { ViewHead } from '#renderer/ui/view.tsx';
import './imports.css';
import { type ChosenFile, MappingEditor } from './mapping-editor.tsx';
import { Report } from './report.tsx';
import { mappingText, importsText as words } from './text.ts';

type Stage =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'working'; readonly what: string }
  | { readonly kind: 'seen'; readonly files: readonly ChosenFile[]; readonly report: ImportReport }
  | { readonly kind: 'mapping'; readonly files: readonly ChosenFile[]; readonly file: ChosenFile }
  | { readonly kind: 'done'; readonly report: ImportReport };

/** The bytes of files; what they say, the station decodes, as in the drop folder. */
const bytesOf = (files: readonly File[]): Promise<ChosenFile[]> =>
  Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64Of(file) })));

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = reader.result as string; // data:…;base64,…; of an empty file without a comma
      resolve(url.includes(',') ? url.slice(url.indexOf(',') + 1) : '');
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error(file.name)));
    reader.readAsDataURL(file);
  });
}

/** Is it a table, whose columns may be called anything? */
const hasColumns = ({ name }: ChosenFile): boolean => /\.(csv|txt|xlsx)$/i.test(name);

/** Files of the ERP: first what they would change, then in. */
export function ImportsView() {
  const [stage, setStage] = useState<Stage>({ kind: 'choosing' });
  const [mapping, setMapping] = useState('');

  async function send(files: readonly ChosenFile[], dryRun: boolean): Promise<void> {
    setStage({ kind: 'working', what: dryRun ? words.reading : words.importing });
    const outcome = await act('import.files', {
      files: [...files],
      dryRun,
      ...(mapping !== '' && { mapping }),
    });
    if (!outcome?.ok) setStage({ kind: 'choosing' });
    else if (dryRun) setStage({ kind: 'seen', files, report: outcome.detail });
    else setStage({ kind: 'done', report: outcome.detail });
  }

  async function look(files: readonly File[]): Promise<void> {
    if (files.length > 0) await send(await bytesOf(files), true);
  }

  if (stage.kind === 'mapping') {
    const { file, files } = stage;
    return (
      <MappingEditor
        file={file}
        onSaved={() => void send(files, true)}
        onClose={() => setStage({ kind: 'choosing' })}
      />
    );
  }
  return (
    <section className="view" aria-label={words.title}>
      <ViewHead title={words.title}>
        {stage.kind === 'seen' || stage.kind === 'done' ? (
          <Button onPress={() => setStage({ kind: 'choosing' })}>{words.startOver}</Button>
        ) : null}
        {stage.kind === 'seen' ? (
          <Button look="primary" onPress={() => void send(stage.files, false)}>
            {words.import}
          </Button>
        ) : null}
      </ViewHead>
      <div className="view-body">
        {stage.kind === 'choosing' ? (
          <Choose onFiles={(files) => void look(files)} mapping={mapping} onMapping={setMapping} />
        ) : null}
        {stage.kind === 'working' ? (
          <p className="muted" role="status">
            {stage.what}
          </p>
        ) : null}
        {stage.kind === 'seen' ? (
          <div className="button-row imports-maps">
            {stage.files.filter(hasColumns).map((file) => (
              <Button key={file.name} onPress={() => setStage({ kind: 'mapping', files: stage.files, file })}>
                {mappingText.open(file.name)}
              </Button>
            ))}
          </div>
        ) : null}
        {stage.kind === 'seen' || stage.kind === 'done' ? <Report report={stage.report} /> : null}
      </div>
    </section>
  );
}

function Choose({
  onFiles,
  mapping,
  onMapping,
}: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly mapping: string;
  readonly onMapping: (mapping: string) => void;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  const kept = useReply('mapping.list');
  return (
    <div className="imports">
      <DropZone
        className="drop-zone"
        aria-label={words.drop}
        onDrop={({ items }) => {
          void Promise.all(items.filter((item) => item.kind === 'file').map((item) => item.getFile())).then(
            onFiles,
          );
        }}
      >
        <Icon name="imports" size={28} />
        <h2>{words.drop}</h2>
        <p className="muted">{words.dropHint}</p>
        <input
          ref={chooser}
          hidden
          type="file"
          multiple
          accept=".xml,.csv,.xlsx,.txt,.json"
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            target.value = ''; // the same file may be chosen again
          }}
        />
        <Button look="primary" onPress={() => chooser.current?.click()}>
          {words.choose}
        </Button>
      </DropZone>
      <label className="imports-mapping" htmlFor="imports-mapping">
        <span>{words.mapping}</span>
        <select id="imports-mapping" value={mapping} onChange={(event) => onMapping(event.target.value)}>
          <option value="">{words.mappingAuto}</option>
          {kept.value?.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <span className="muted">{words.mappingHint}</span>
      </label>
      <Folder />
    </div>
  );
}

/** The folder below the station's own that it watches; written as the station's machine writes paths. */
const inboxOf = (dataDir: string): string => `${dataDir}${dataDir.includes('\\') ? '\\' : '/'}inbox`;

function Folder() {
  const status = useSession((state) => state.status);
  const formats = useFormats();
  const [isBusy, setBusy] = useState(false);
  if (!status) return null;
  return (
    <div className="imports-folder">
      <h2>{words.folder}</h2>
      <p className="muted">{words.folderHint}</p>
      <code>{inboxOf(status.dataDir)}</code>
      {status.lastImport === null ? null : (
        <p className="muted">{words.last(formats.moment(status.lastImport))}</p>
      )}
      {status.empty ? (
        <Button
          isDisabled={isBusy}
          onPress={() => {
            setBusy(true);
            void act('plant.openDemo', {}).finally(() => setBusy(false));
          }}
        >
          {isBusy ? text.loading : words.demo}
        </Button>
      ) : null}
    </div>
  );
}
