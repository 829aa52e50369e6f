import type { Policy } from '#shared/domain/policy.ts';
import type { Role } from '#shared/domain/role.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { LineAccess } from '#shared/domain/device.ts';
import type { Signature, SignatureState } from '#shared/domain/signature.ts';
import type { IdentityCheck } from '#shared/domain/user.ts';

/** Who is at this window: the one local user of a station without accounts, nobody yet, somebody, or somebody who locked it. */
export interface SessionView {
  readonly kind: 'local' | 'out' | 'in' | 'locked';
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The password was given by somebody else: it is changed before anything else. */
  readonly mustChange: boolean;
  readonly policy: Policy;
}

/** An account, without what it is proved by. */
export interface UserView {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly person: string | null;
  readonly disabled: boolean;
  readonly created: Instant;
  readonly isTemporary: boolean;
  readonly lockedUntil: Instant | null;
  readonly identity: IdentityCheck | null;
  readonly lastLogin: Instant | null;
}

export interface SignatureView extends Signature {
  readonly state: SignatureState;
}

/** What a check of the whole record found, and when. */
export interface RecordCheck {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: string;
  readonly problem: string | null;
  readonly at: Instant;
}

/** A signed review: of the ledger up to an entry, or of everybody's rights. */
export interface ReviewView {
  readonly record: string;
  readonly entries: number;
  /** The last entry that was reviewed; null of a review of accounts. */
  readonly until: number | null;
  readonly remarks: string;
  readonly signatures: readonly SignatureView[];
}

/** The lines' way in: where they are served, which screens are paired, who has a code. */
export interface LinesView {
  readonly access: LineAccess;
  /** Addresses of this machine to choose from. */
  readonly addresses: readonly string[];
  /** Where line pages are really served now; null where they are not. */
  readonly served: string | null;
  /** Why they are not, though they should be. */
  readonly problem: string | null;
  readonly devices: readonly {
    readonly id: string;
    readonly name: string;
    readonly units: readonly EquipmentId[];
    readonly paired: Instant;
    readonly pairedBy: string;
    readonly revoked: Instant | null;
  }[];
  readonly units: readonly { readonly id: EquipmentId; readonly name: string }[];
  /** The units that carry a team's tasks: a screen that is paired for them shows its list. */
  readonly teams: readonly { readonly title: string; readonly units: readonly EquipmentId[] }[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly hasCode: boolean }[];
}
