/** What Flecto answers, as schemas: documents around resources, and errors (flecto.md §1, §3.3, §5). */
import type { Answers } from '../contract.ts';
import { type TSchema, Type } from '../schema.ts';
import type { ResourceSchema } from './resource-schemas.ts';

const CLOSED = { additionalProperties: false } as const;

const text = Type.String();

/** All of the resource. */
const whole = ({ type, id, attributes, relationships }: ResourceSchema): TSchema =>
  Type.Object(
    {
      id,
      type: Type.Literal(type),
      attributes: Type.Object(attributes, CLOSED),
      ...(relationships && { relationships: Type.Object(relationships, CLOSED) }),
    },
    CLOSED,
  );

/** As much of it as a fieldset asks for. */
const sparse = ({ type, id, attributes, relationships }: ResourceSchema): TSchema =>
  Type.Object(
    {
      id,
      type: Type.Literal(type),
      attributes: Type.Partial(Type.Object(attributes), CLOSED),
      ...(relationships && {
        relationships: Type.Optional(Type.Partial(Type.Object(relationships), CLOSED)),
      }),
    },
    CLOSED,
  );

/** A document of one resource, all of it, such as a new one. */
export const wholeDocument = (resource: ResourceSchema): TSchema =>
  Type.Object({ data: whole(resource) }, CLOSED);

const compound = (included: ResourceSchema | undefined) =>
  included ? { included: Type.Optional(Type.Array(sparse(included))) } : {};

export const oneDocument = (resource: ResourceSchema, included?: ResourceSchema): TSchema =>
  Type.Object({ data: sparse(resource), ...compound(included) }, CLOSED);

const link = Type.Unsafe<string | null>({ type: ['string', 'null'] });
const page = {
  meta: Type.Object({ total: Type.Integer({ minimum: 0 }), pages: Type.Integer({ minimum: 0 }) }, CLOSED),
  links: Type.Object({ self: text, first: text, prev: link, next: link, last: text }, CLOSED),
};

/** A list that has always pages. */
export const pagedDocument = (resource: ResourceSchema, included?: ResourceSchema): TSchema =>
  Type.Object({ data: Type.Array(sparse(resource)), ...compound(included), ...page }, CLOSED);

/** A list that has pages when they are asked for (flecto.md §2.5). */
export const listDocument = (resource: ResourceSchema, included?: ResourceSchema): TSchema =>
  Type.Object(
    {
      data: Type.Array(sparse(resource)),
      ...compound(included),
      meta: Type.Optional(page.meta),
      links: Type.Optional(page.links),
    },
    CLOSED,
  );

const source = (name: string) => Type.Object({ [name]: text }, CLOSED);

const refusal = (status: number, code: string): TSchema =>
  Type.Object(
    {
      errors: Type.Array(
        Type.Object(
          {
            status: Type.Literal(String(status)),
            code: Type.Literal(code),
            title: text,
            detail: text,
            source: Type.Optional(Type.Union([source('pointer'), source('parameter'), source('header')])),
          },
          CLOSED,
        ),
        { minItems: 1 },
      ),
    },
    CLOSED,
  );

/** flecto.md §5; 408, 413 and 503 are what any server needs. */
export const refusals: Answers = {
  400: refusal(400, 'bad_request'),
  401: refusal(401, 'unauthorized'),
  403: refusal(403, 'forbidden'),
  404: refusal(404, 'not_found'),
  405: refusal(405, 'method_not_allowed'),
  406: refusal(406, 'not_acceptable'),
  408: refusal(408, 'request_timeout'),
  409: refusal(409, 'conflict'),
  413: refusal(413, 'payload_too_large'),
  415: refusal(415, 'unsupported_media_type'),
  422: refusal(422, 'invalid'),
  429: refusal(429, 'too_many_requests'),
  500: refusal(500, 'internal_error'),
  503: refusal(503, 'service_unavailable'),
};
