/** Places of the demo data: real towns, so that postal codes, regions and coordinates go together. */

export interface Place {
  readonly country: string;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly streets: readonly string[];
  /** Where the house number stands on an envelope. */
  readonly numberFirst: boolean;
  /** The international prefix and the length of the rest. */
  readonly phone: readonly [string, number];
}

const place = (
  country: string,
  city: string,
  region: string | null,
  postalCode: string,
  [latitude, longitude]: readonly [string, string],
  streets: readonly string[],
  phone: readonly [string, number],
  numberFirst = false,
): Place => ({ country, city, region, postalCode, latitude, longitude, streets, phone, numberFirst });

export const PLACES: readonly Place[] = [
  place(
    'US',
    'Harrisburg',
    'PA',
    '17101',
    ['40.2598', '-76.8812'],
    ['Market Street', 'Walnut Street', 'State Street'],
    ['+1717', 7],
    true,
  ),
  place(
    'US',
    'Portland',
    'Oregon',
    '97204',
    ['45.5182', '-122.6784'],
    ['SW Alder Street', 'SW Main Street'],
    ['+1503', 7],
    true,
  ),
  place(
    'US',
    'Austin',
    'TX',
    '78701',
    ['30.2711', '-97.7437'],
    ['Congress Avenue', 'Brazos Street'],
    ['+1512', 7],
    true,
  ),
  place(
    'PT',
    'Lisboa',
    'Lisboa',
    '1100-048',
    ['38.7101', '-9.1368'],
    ['Rua Augusta', 'Rua do Ouro', 'Rua da Prata'],
    ['+35121', 7],
  ),
  place(
    'PT',
    'Porto',
    'Porto',
    '4000-322',
    ['41.1476', '-8.6112'],
    ['Rua de Santa Catarina', 'Rua das Flores'],
    ['+35122', 7],
  ),
  place(
    'DE',
    'Berlin',
    'Berlin',
    '10117',
    ['52.5170', '13.3889'],
    ['Friedrichstraße', 'Unter den Linden', 'Mauerstraße'],
    ['+4930', 7],
  ),
  place(
    'DE',
    'Hamburg',
    null,
    '20457',
    ['53.5450', '9.9884'],
    ['Am Sandtorkai', 'Brooktorkai'],
    ['+4940', 7],
  ),
  place('AT', 'Wien', 'Wien', '1010', ['48.2085', '16.3721'], ['Kärntner Straße', 'Graben'], ['+431', 7]),
  place('CH', 'Zürich', 'ZH', '8001', ['47.3717', '8.5388'], ['Bahnhofstrasse', 'Limmatquai'], ['+4144', 7]),
  place(
    'FR',
    'Lyon',
    'Auvergne-Rhône-Alpes',
    '69002',
    ['45.7580', '4.8320'],
    ['Rue de la République', 'Rue Mercière'],
    ['+334', 8],
    true,
  ),
  place(
    'ES',
    'Valencia',
    'Valencia',
    '46002',
    ['39.4697', '-0.3774'],
    ['Calle Colón', 'Calle de la Paz'],
    ['+3496', 7],
  ),
  place('IT', 'Torino', 'TO', '10121', ['45.0703', '7.6869'], ['Via Roma', 'Via Po'], ['+39011', 7]),
  place('NL', 'Rotterdam', null, '3011 AA', ['51.9225', '4.4792'], ['Coolsingel', 'Blaak'], ['+3110', 7]),
  place(
    'GB',
    'Leeds',
    null,
    'LS1 5QS',
    ['53.7965', '-1.5478'],
    ['Park Row', 'East Parade'],
    ['+44113', 7],
    true,
  ),
  place(
    'IE',
    'Galway',
    'County Galway',
    'H91 E2K3',
    ['53.2743', '-9.0514'],
    ['Shop Street', 'Quay Street'],
    ['+35391', 6],
    true,
  ),
  place(
    'ZA',
    'Cape Town',
    'WC',
    '8001',
    ['-33.9249', '18.4241'],
    ['Long Street', 'Bree Street'],
    ['+2721', 7],
    true,
  ),
  place(
    'BR',
    'Belém',
    'PA',
    '66010-000',
    ['-1.4558', '-48.4902'],
    ['Rua João Alfredo', 'Avenida Nazaré'],
    ['+5591', 8],
  ),
  place(
    'JP',
    'Kobe',
    'Hyogo',
    '650-0001',
    ['34.6937', '135.1956'],
    ['Kanocho', 'Nakayamate-dori'],
    ['+8178', 7],
    true,
  ),
];
