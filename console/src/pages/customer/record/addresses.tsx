/** Addresses as cards, written as their countries write them. */
import { Badge, Group } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { useAct, useRemove } from './actions.tsx';
import { AddressForm } from './address-form.tsx';
import { type Editor, useEditor } from './editor.ts';
import { editParty, moved, type Owner, partyOf, pathOf, putAddress, without, withRole } from './edits.ts';
import { useEntries } from './entries.ts';
import { EntryMenu } from './entry-menu.tsx';
import { useLabels } from './labels.ts';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { AddButton, Section } from './section.tsx';
import { texts } from './texts.ts';
import { type Address, type Customer, NEW, type Role } from './types.ts';

/** The outlines of the countries weigh more than the page. */
const AddressMap = lazy(() => import('./address-map.tsx').then(module => ({ default: module.AddressMap })));

const nothing = null;
const EMPTY: Address = {
  ...{ id: NEW, number: nothing, label: nothing, main: false, roles: [] },
  ...{ line1: nothing, line2: nothing, houseNumber: nothing, locality: nothing, city: nothing },
  ...{ region: nothing, postalCode: nothing, country: nothing, countryText: nothing },
  ...{ latitude: nothing, longitude: nothing, contactName: nothing, contactGivenName: nothing },
  ...{ contactFamilyName: nothing, contactExtra: nothing, company: nothing, email: nothing },
  ...{ phone: nothing, phone2: nothing, fax: nothing, branch: nothing },
  ...{ archivedAt: nothing, restoredAt: nothing, formatted: [], createdAt: '', updatedAt: '' },
};

export function Addresses({ owner }: { readonly owner?: string }) {
  const t = useTexts(texts);
  const { editable, customer } = useRecord();
  const addresses = useEntries('addresses', owner);
  // What most addresses of the customer have is the likeliest for a new one.
  const country = partyOf(customer, owner)?.addresses[0]?.country ?? customer.addresses[0]?.country ?? null;
  const added = useAddressEditor(owner, { ...EMPTY, country, main: addresses.length === 0 });
  const path = pathOf(owner, `addresses/${NEW}`);
  return (
    <Section
      title={t.sections.addresses}
      level={owner === undefined ? 2 : 4}
      action={
        editable &&
        !added.open && <AddButton label={t.address.add} onClick={added.begin} origin={added.origin} />
      }
    >
      {addresses.length === 0 && !added.open && <p className={classes.none}>{t.address.none}</p>}
      {added.open && editable && (
        <div className={classes.card}>
          <AddressForm editor={added} path={path} label={t.address.add} />
        </div>
      )}
      <ul className={classes.cards}>
        {addresses.map((address, at) => (
          <AddressCard
            key={address.id}
            owner={owner}
            address={address}
            first={at === 0}
            last={at === addresses.length - 1}
          />
        ))}
      </ul>
    </Section>
  );
}

const useAddressEditor = (owner: Owner, address: Address): Editor<Address> =>
  useEditor(pathOf(owner, `addresses/${address.id}`), address, (customer, value) =>
    putIn(customer, owner, value),
  );

const putIn = (customer: Customer, owner: Owner, address: Address): Customer =>
  editParty(customer, owner, party => ({
    ...party,
    addresses: putAddress(party.addresses, trimmed(address)),
  }));

/** An empty field is no value. */
const trimmed = (address: Address): Address =>
  Object.fromEntries(
    Object.entries(address).map(([name, value]) => [
      name,
      typeof value === 'string' && name !== 'id' ? value.trim() || null : value,
    ]),
  ) as Address;

function AddressCard(props: {
  readonly owner: Owner;
  readonly address: Address;
  readonly first: boolean;
  readonly last: boolean;
}) {
  const { owner, address, first, last } = props;
  const t = useTexts(texts);
  const format = useFormat();
  const { editable } = useRecord();
  const labels = useLabels();
  const editor = useAddressEditor(owner, address);
  const path = pathOf(owner, `addresses/${address.id}`);
  const name = labels.address(address);
  // The last line is the country, in English: here it is told to the reader, not to a post office.
  const { country, formatted } = address;
  const lines = country === null ? formatted : [...formatted.slice(0, -1), format.country(country)];
  if (editor.open && editable) {
    return (
      <li className={classes.card} data-wide>
        <AddressForm editor={editor} path={path} label={t.edit(name)} />
      </li>
    );
  }
  return (
    <li className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs" className={classes.cardHead!}>
        <Group gap={6}>
          {address.label && <strong>{address.label}</strong>}
          {address.main && (
            <Badge variant="filled" tt="none">
              {t.addressRole.main}
            </Badge>
          )}
          {address.roles.map(role => (
            <Badge key={role} variant="light" tt="none">
              {t.addressRole[role]}
            </Badge>
          ))}
          {address.archivedAt && (
            <Badge variant="light" color="amber" tt="none">
              {t.address.archived}
            </Badge>
          )}
        </Group>
        {editable && <AddressMenu {...{ owner, address, first, last, name, path }} onEdit={editor.begin} />}
      </Group>
      <div data-path={path}>
        <button
          ref={editor.origin}
          type="button"
          className={classes.envelope}
          data-plain={editable ? undefined : true}
          onClick={editable ? editor.begin : undefined}
        >
          <span className="visually-hidden">{editable ? t.edit(name) : t.provenance.show(name)}: </span>
          {lines.length === 0 && <span className={classes.nothing}>{t.empty}</span>}
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are nothing but their places.
            <span key={at} className={classes.line}>
              {line}
              {at < lines.length - 1 && <span className="visually-hidden">, </span>}
            </span>
          ))}
        </button>
      </div>
      <AddressReach address={address} />
      {address.latitude && address.longitude && (
        <Suspense
          fallback={<div className={classes.mapSkeleton} role="status" aria-label={t.address.mapLoading} />}
        >
          <AddressMap latitude={address.latitude} longitude={address.longitude} country={address.country} />
        </Suspense>
      )}
    </li>
  );
}

function AddressReach({ address }: { readonly address: Address }) {
  const t = useTexts(texts);
  const names = ['email', 'phone', 'phone2', 'fax', 'branch'] as const;
  const given = names.filter(name => address[name] !== null);
  if (given.length === 0) return null;
  return (
    <dl className={classes.small}>
      {given.map(name => (
        <div key={name}>
          <dt>{t.fields[name]}</dt>
          <dd>{address[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

function AddressMenu(props: {
  readonly owner: Owner;
  readonly address: Address;
  readonly first: boolean;
  readonly last: boolean;
  readonly name: string;
  readonly path: string;
  readonly onEdit: () => void;
}) {
  const { owner, address, first, last, name, path, onEdit } = props;
  const t = useTexts(texts);
  const act = useAct();
  const remove = useRemove();
  const change = (what: string, edit: (now: Address) => Address) => (): void =>
    void act(`${path}/${what}`, customer => {
      const now = partyOf(customer, owner)?.addresses.find(({ id }) => id === address.id) ?? address;
      return putIn(customer, owner, edit(now));
    });
  const list = (edit: (addresses: readonly Address[]) => Address[]) => (customer: Customer) =>
    editParty(customer, owner, party => ({ ...party, addresses: edit(party.addresses) }));
  const role = (which: Role, on: string, off: string) => {
    const has = address.roles.includes(which);
    return {
      label: has ? off : on,
      icon: has ? ('close' as const) : ('check' as const),
      run: change(which, now => withRole(now, which, !has)),
    };
  };
  const move = (by: -1 | 1) => (): void =>
    void act(
      `${path}/move`,
      list(all => moved(all, address.id, by)),
    );
  return (
    <EntryMenu
      what={name}
      actions={[
        { label: t.editNow, icon: 'edit', run: onEdit },
        !address.main && {
          label: t.address.makeMain,
          icon: 'check',
          run: change('main', now => ({ ...now, main: true })),
        },
        role('billing', t.address.makeBilling, t.address.noBilling),
        role('shipping', t.address.makeShipping, t.address.noShipping),
        !first && { label: t.up, icon: 'chevronUp', run: move(-1) },
        !last && { label: t.down, icon: 'chevronDown', run: move(1) },
        {
          label: t.remove,
          icon: 'trash',
          danger: true,
          run: () =>
            remove(
              path,
              name,
              list(all => without(all, address.id)),
            ),
        },
      ]}
    />
  );
}
