/** Where an address lies: outlines of the countries from a package, drawn here; no map server learns of it. */
import { useQuery } from '@tanstack/react-query';
import { geoContains, geoMercator, geoPath } from 'd3-geo';
import { useMemo } from 'react';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import outlinesUrl from 'world-atlas/countries-50m.json?url';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import classes from './record.module.css';
import { texts } from './texts.ts';

type Outlines = Topology<{
  countries: GeometryCollection<{ name: string }>;
  land: GeometryCollection;
}>;

const WIDTH = 320;
const HEIGHT = 150;
/** Degrees of longitude in view: one sees the country, and where in it. */
const SPAN_DEGREES = 14;
/** Mercator knows no poles. */
const LATITUDE_MAXIMUM = 80;

const outlinesQuery = {
  queryKey: ['outlines'],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Outlines> => {
    const response = await fetch(outlinesUrl, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Outlines;
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
};

export interface AddressMapProps {
  /** WGS 84 degrees, as decimal texts. */
  readonly latitude: string;
  readonly longitude: string;
  readonly country: string | null;
}

export function AddressMap({ latitude, longitude, country }: AddressMapProps) {
  const t = useTexts(texts);
  const format = useFormat();
  const { data } = useQuery(outlinesQuery);
  const [lat, lon] = [Number(latitude), Number(longitude)];
  const drawn = useMemo(() => (data ? draw(data, lat, lon) : undefined), [data, lat, lon]);
  const position = `${degrees(format.number, lat, 'N', 'S')}, ${degrees(format.number, lon, 'E', 'W')}`;
  if (!drawn) return <div className={classes.mapSkeleton} role="status" aria-label={t.address.mapLoading} />;
  const where = country === null ? drawn.place : format.country(country);
  return (
    <figure className={classes.map}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t.address.map(where || position, position)}
      >
        <rect width={WIDTH} height={HEIGHT} className={classes.sea} />
        <path d={drawn.land} className={classes.land} />
        <path d={drawn.own} className={classes.ownLand} />
        <path d={drawn.borders} className={classes.borders} />
        <circle cx={WIDTH / 2} cy={HEIGHT / 2} r={11} className={classes.pinHalo} />
        <circle cx={WIDTH / 2} cy={HEIGHT / 2} r={4.5} className={classes.pin} />
      </svg>
      <figcaption className="tabular">{position}</figcaption>
    </figure>
  );
}

const degrees = (
  number: (value: number, options: Intl.NumberFormatOptions) => string,
  value: number,
  positive: string,
  negative: string,
): string => `${number(Math.abs(value), { maximumFractionDigits: 4 })}° ${value < 0 ? negative : positive}`;

function draw(outlines: Outlines, latitude: number, longitude: number) {
  const centre: [number, number] = [
    longitude,
    Math.max(-LATITUDE_MAXIMUM, Math.min(LATITUDE_MAXIMUM, latitude)),
  ];
  const projection = geoMercator()
    .rotate([-centre[0], 0])
    .center([0, centre[1]])
    .scale((WIDTH * 180) / (SPAN_DEGREES * Math.PI))
    .translate([WIDTH / 2, HEIGHT / 2])
    .clipExtent([
      [-2, -2],
      [WIDTH + 2, HEIGHT + 2],
    ]);
  const path = geoPath(projection).digits(1);
  const { countries, land } = outlines.objects;
  const own = feature(outlines, countries).features.find(country => geoContains(country, centre));
  return {
    land: path(feature(outlines, land)) ?? '',
    own: own ? (path(own) ?? '') : '',
    place: own?.properties.name ?? '',
    borders: path(mesh(outlines, countries, (a, b) => a !== b)) ?? '',
  };
}
