/** The list of addresses: replaced as a whole, with what connectFi cannot tell left where it is (connectfi.md §4.3). */
import {
  type Addressed,
  type AddressLink,
  emptyAddress,
  linkTo,
  mainAddress,
  replaceAddresses,
} from '../../record/address.ts';
import { sameJson } from '../../record/json.ts';
import { match } from '../../record/matching.ts';
import { type Phrased, phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import type { Field, Omission } from '../lens.ts';
import { isLine2Lost, tell, writeContent } from './address.ts';
import { inPlacesOf } from './places.ts';
import { type AddressType, DIALECT, type WireAddress, type WireContent } from './wire.ts';

type Party = Addressed & Phrased;

interface Told {
  readonly link: AddressLink;
  readonly wire: WireAddress;
}

/** A street says more about which address it is than a country that all of them share. */
const WEIGHTS: Readonly<Record<keyof WireAddress, number>> = {
  addressLine1: 4,
  postalCode: 2,
  addressLine2: 1,
  city: 1,
  stateCode: 0.5,
  type: 0.5,
  countryCodeA3: 0.25,
};

export const addressesField = <P extends Party>(): Field<P, readonly WireAddress[]> => ({
  read: party => told(party).map(({ wire }) => wire),
  write,
});

/** What of the addresses connectFi is not told; `place` is where the party stands in the record. */
export function addressOmissions(party: Party, place = ''): Omission[] {
  return party.addresses.flatMap(({ address }) => {
    const path = `${place}addresses/${address.id}`;
    const telling = tell(address);
    if ('reason' in telling) return [{ path, reason: telling.reason }];
    return isLine2Lost(address)
      ? [
          {
            path: `${path}/address/line2`,
            reason: 'addressLine2 has at most 50 characters, without < and >.',
          },
        ]
      : [];
  });
}

function told(party: Party): Told[] {
  const contents = party.addresses.flatMap(link => {
    const telling = tell(link.address);
    return 'content' in telling ? [{ link, content: telling.content }] : [];
  });
  const main = mainAmong(contents.map(({ link }) => link));
  return contents.map(({ link, content }) => ({ link, wire: withType(party, link, main, content) }));
}

const withType = (
  party: Party,
  link: AddressLink,
  main: string | null,
  content: WireContent,
): WireAddress => ({
  type: (phrasingOf(party, DIALECT, fieldOf(link), main) as AddressType | undefined) ?? derivedType(link),
  ...content,
});

const derivedType = (link: AddressLink): AddressType => (link.main ? 'PRIMARY' : 'SECONDARY');

/** An address may be shared, its type is the party's own word for the link, and links carry no words. */
const fieldOf = (link: AddressLink): string => `type/${link.address.id}`;

/**
 * What a type that differs from the flag stands for: the main address, if connectFi sees it. When that moves, what
 * was said about primary addresses is out of date.
 */
const mainAmong = (links: readonly AddressLink[]): string | null =>
  links.find(link => link.main)?.address.id ?? null;

function write<P extends Party>(party: P, wire: readonly WireAddress[]): P {
  const before = told(party);
  const written = match(before, wire, (existing, incoming) => likeness(existing.wire, incoming)).map(
    ({ incoming, existing }) => {
      const link = existing?.link ?? linkTo(emptyAddress());
      return { ...link, address: writeContent(link.address, incoming) };
    },
  );
  const links = inPlacesOf(
    party.addresses,
    before.map(each => each.link),
    written,
  );
  const main = chooseMain(mainAddress({ addresses: links }), written, wire);
  const replaced = replaceAddresses(
    party,
    links.map(link => ({ ...link, main: link.address.id === main })),
  );
  const gone = before.filter(({ link }) => !replaced.addresses.some(sameAddressAs(link)));
  const tidied = gone.reduce(
    (each, { link }) => withPhrasing(each, DIALECT, fieldOf(link), null, undefined),
    replaced,
  );
  return withTypes(
    tidied,
    written.map(link => tidied.addresses.find(sameAddressAs(link)) ?? link),
    wire,
  );
}

const sameAddressAs = (link: AddressLink) => (other: AddressLink) => other.address.id === link.address.id;

const likeness = (existing: WireAddress, incoming: WireAddress): number =>
  Object.entries(WEIGHTS).reduce((sum, [name, weight]) => {
    const [left, right] = [existing[name as keyof WireAddress], incoming[name as keyof WireAddress]];
    return sameJson(left, right) ? sum + weight : sum;
  }, 0);

/** PRIMARY moves the flag, but never away from an address that connectFi cannot see. */
function chooseMain(
  current: AddressLink | undefined,
  written: readonly AddressLink[],
  wire: readonly WireAddress[],
): string | undefined {
  if (current && !written.includes(current)) return current.address.id;
  const primaries = written.filter((_, index) => wire[index]?.type === 'PRIMARY');
  const main = current && primaries.includes(current) ? current : (primaries[0] ?? current);
  return main?.address.id;
}

/** Keeps the types that the flags do not tell: all SECONDARY, or two PRIMARY. */
function withTypes<P extends Party>(
  party: P,
  links: readonly AddressLink[],
  wire: readonly WireAddress[],
): P {
  const main = mainAmong(links);
  return links.reduce((each, link, index) => {
    const said = wire[index]?.type;
    return withPhrasing(each, DIALECT, fieldOf(link), main, said === derivedType(link) ? undefined : said);
  }, party);
}
