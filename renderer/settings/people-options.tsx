/** People of the plant to choose from. */
export const PeopleOptions = ({
  people,
}: {
  readonly people: readonly { readonly id: string; readonly name: string }[];
}) =>
  people.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
