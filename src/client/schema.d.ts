/** The types of Concord’s own API, made from its OpenAPI document by `npm run client`. Not edited by hand. */

export interface paths {
  '/concord/v1/session': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['SignIn'];
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Session'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: {
          headers: { [name: string]: unknown };
          content?: never;
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          limit?: string;
          cursor?: string;
          kind?: 'individual' | 'business';
          status?: 'active' | 'inactive';
          archived?: 'true' | 'false';
          country?: string;
          createdThrough?: string;
          sort?: 'number' | '-number' | 'name' | '-name' | 'createdAt' | '-createdAt';
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['CustomerPage'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewCustomer'];
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Customer'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/count': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          kind?: 'individual' | 'business';
          status?: 'active' | 'inactive';
          archived?: 'true' | 'false';
          country?: string;
          createdThrough?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Count'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/search': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query: {
          q: string;
          limit?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['SearchResult'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          at?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Customer'];
          };
        };
        304: {
          headers: { [name: string]: unknown };
          content?: never;
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: {
          headers: { [name: string]: unknown };
          content?: never;
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    options?: never;
    head?: never;
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/merge-patch+json': components['schemas']['CustomerPatch'];
          'application/json': components['schemas']['CustomerPatch'];
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Customer'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    trace?: never;
  };
  '/concord/v1/customers/{id}/archive': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Customer'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/restore': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Customer'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/views': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Views'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/history': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          limit?: string;
          cursor?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['History'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/provenance': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Provenance'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/revert': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: {
          preview?: 'true' | 'false';
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RevertRequest'];
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Customer'] | components['schemas']['RevertPreview'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/documents/{documentId}/reveal': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          documentId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RevealRequest'];
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Revealed'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/reveals': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          customerId?: string;
          limit?: string;
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Reveals'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/export': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RevealRequest'];
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['CustomerExport'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/customers/{id}/erase': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: {
          headers: { [name: string]: unknown };
          content?: never;
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/changes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: {
          after?: string;
          limit?: string;
          dialect?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Feed'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/credentials': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Credentials'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewCredential'];
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['IssuedCredential'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/credential-forms': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['CredentialForms'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/credentials/{id}/rotate': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['Rotation'];
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['IssuedCredential'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/credentials/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: {
          headers: { [name: string]: unknown };
          content?: never;
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/tenants': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['Tenants'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewTenant'];
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['IssuedTenant'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/concord/v1/dialects': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': components['schemas']['DialectList'];
          };
        };
        400: components['responses'][400];
        401: components['responses'][401];
        403: components['responses'][403];
        404: components['responses'][404];
        405: components['responses'][405];
        406: components['responses'][406];
        408: components['responses'][408];
        409: components['responses'][409];
        410: components['responses'][410];
        412: components['responses'][412];
        413: components['responses'][413];
        415: components['responses'][415];
        422: components['responses'][422];
        428: components['responses'][428];
        429: components['responses'][429];
        500: components['responses'][500];
        503: components['responses'][503];
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}

export interface components {
  schemas: {
    SignIn: {
      login: string;
      password: string;
    };
    Session: {
      name: string;
      tenant: string;
      role: 'viewer' | 'editor' | 'admin';
      reveal: boolean;
      installation: boolean;
      csrfToken: string | null;
    };
    CustomerSummary: {
      id: string;
      number: number;
      name: string;
      kind: 'individual' | 'business';
      status: 'active' | 'inactive';
      archived: boolean;
      email: string | null;
      phone: string | null;
      city: string | null;
      country: string | null;
      createdAt: string;
      updatedAt: string;
      createdBy: string;
    };
    CustomerPage: {
      items: (components['schemas']['CustomerSummary'])[];
      next: string | null;
    };
    TaxId: {
      kind: 'vat' | 'ein';
      value: string;
    };
    ContactPointInput: {
      id?: string;
      kind?: 'email' | 'phone' | 'fax';
      value?: string;
      purposes?: ('primary' | 'secondary' | 'mobile' | 'landline' | 'commercial' | 'statusUpdates')[];
      label?: string | null;
      number?: unknown;
      e164?: unknown;
    };
    AddressInput: {
      id?: string;
      label?: string | null;
      main?: boolean;
      roles?: ('billing' | 'shipping')[];
      line1?: string | null;
      line2?: string | null;
      houseNumber?: string | null;
      locality?: string | null;
      city?: string | null;
      region?: string | null;
      postalCode?: string | null;
      country?: string | null;
      countryText?: string | null;
      latitude?: string | null;
      longitude?: string | null;
      contactName?: string | null;
      contactGivenName?: string | null;
      contactFamilyName?: string | null;
      contactExtra?: string | null;
      company?: string | null;
      email?: string | null;
      phone?: string | null;
      phone2?: string | null;
      fax?: string | null;
      branch?: number | null;
      archivedAt?: string | null;
      restoredAt?: string | null;
      number?: unknown;
      formatted?: unknown;
      createdAt?: unknown;
      updatedAt?: unknown;
    };
    IdentityDocumentInput: {
      id?: string;
      kind?: 'ssn' | 'drivingLicense' | 'passport' | 'identityCard' | 'other';
      value?: string | null;
      issuingCountry?: string | null;
      issuingRegion?: string | null;
      expiryDate?: string | null;
    };
    RepresentativeInput: {
      id?: string;
      role?: 'principalOwner' | 'authorizedSigner';
      givenName?: string | null;
      familyName?: string | null;
      gender?: 'female' | 'male' | null;
      birthDate?: string | null;
      citizenship?: string | null;
      identityDocuments?: (components['schemas']['IdentityDocumentInput'])[];
      contactPoints?: (components['schemas']['ContactPointInput'])[];
      addresses?: (components['schemas']['AddressInput'])[];
    };
    EmployeeInput: {
      customerId: string;
      position?: string;
      status?: 'active' | 'disabled';
      createdAt?: unknown;
    };
    NewCustomer: {
      kind: 'individual' | 'business';
      status?: 'active' | 'inactive';
      reference?: string | null;
      accountNumber?: string | null;
      displayName?: string | null;
      company?: string | null;
      givenName?: string | null;
      familyName?: string | null;
      gender?: 'female' | 'male' | null;
      birthDate?: string | null;
      citizenship?: string | null;
      taxIds?: (components['schemas']['TaxId'])[];
      language?: string | null;
      priceGroup?: string | null;
      customFields?: { [name: string]: unknown };
      contactPoints?: (components['schemas']['ContactPointInput'])[];
      addresses?: (components['schemas']['AddressInput'])[];
      identityDocuments?: (components['schemas']['IdentityDocumentInput'])[];
      representatives?: (components['schemas']['RepresentativeInput'])[];
      employees?: (components['schemas']['EmployeeInput'])[];
    };
    ContactPoint: {
      id: string;
      number: number | null;
      kind: 'email' | 'phone' | 'fax';
      value: string;
      purposes: ('primary' | 'secondary' | 'mobile' | 'landline' | 'commercial' | 'statusUpdates')[];
      label: string | null;
      e164: string | null;
    };
    Address: {
      id: string;
      number: number | null;
      label: string | null;
      main: boolean;
      roles: ('billing' | 'shipping')[];
      line1: string | null;
      line2: string | null;
      houseNumber: string | null;
      locality: string | null;
      city: string | null;
      region: string | null;
      postalCode: string | null;
      country: string | null;
      countryText: string | null;
      latitude: string | null;
      longitude: string | null;
      contactName: string | null;
      contactGivenName: string | null;
      contactFamilyName: string | null;
      contactExtra: string | null;
      company: string | null;
      email: string | null;
      phone: string | null;
      phone2: string | null;
      fax: string | null;
      branch: number | null;
      archivedAt: string | null;
      restoredAt: string | null;
      formatted: (string)[];
      createdAt: string;
      updatedAt: string;
    };
    IdentityDocument: {
      id: string;
      kind: 'ssn' | 'drivingLicense' | 'passport' | 'identityCard' | 'other';
      value: string | null;
      issuingCountry: string | null;
      issuingRegion: string | null;
      expiryDate: string | null;
    };
    Representative: {
      id: string;
      role: 'principalOwner' | 'authorizedSigner';
      givenName: string | null;
      familyName: string | null;
      gender: 'female' | 'male' | null;
      birthDate: string | null;
      citizenship: string | null;
      identityDocuments: (components['schemas']['IdentityDocument'])[];
      contactPoints: (components['schemas']['ContactPoint'])[];
      addresses: (components['schemas']['Address'])[];
    };
    Employee: {
      customerId: string;
      position: string;
      status: 'active' | 'disabled';
      createdAt: string;
    };
    OrderReference: {
      id: string;
      status: string;
    };
    Subscription: {
      id: string;
      status: string;
      monthlyAmount: string;
    };
    Customer: {
      id: string;
      number: number;
      version: number;
      name: string;
      kind: 'individual' | 'business';
      status: 'active' | 'inactive';
      reference: string | null;
      accountNumber: string | null;
      displayName: string | null;
      company: string | null;
      givenName: string | null;
      familyName: string | null;
      gender: 'female' | 'male' | null;
      birthDate: string | null;
      citizenship: string | null;
      taxIds: (components['schemas']['TaxId'])[];
      language: string | null;
      priceGroup: string | null;
      customFields: { [name: string]: unknown };
      archived: boolean;
      archivedAt: string | null;
      restoredAt: string | null;
      contactPoints: (components['schemas']['ContactPoint'])[];
      addresses: (components['schemas']['Address'])[];
      identityDocuments: (components['schemas']['IdentityDocument'])[];
      representatives: (components['schemas']['Representative'])[];
      employees: (components['schemas']['Employee'])[];
      orders: (components['schemas']['OrderReference'])[];
      subscriptions: (components['schemas']['Subscription'])[];
      ids: { [name: string]: string };
      createdAt: string;
      updatedAt: string;
      createdBy: string;
    };
    Count: {
      count: number;
    };
    MatchedValue: {
      field: string;
      value: string;
      quality: 'exact' | 'prefix' | 'similar';
    };
    SearchMatch: {
      customer: components['schemas']['CustomerSummary'];
      match: 'id' | 'exact' | 'prefix' | 'similar';
      matches: (components['schemas']['MatchedValue'])[];
    };
    SearchResult: {
      items: (components['schemas']['SearchMatch'])[];
    };
    CustomerPatch: {
      kind?: 'individual' | 'business' | null;
      status?: 'active' | 'inactive' | null;
      reference?: string | null;
      accountNumber?: string | null;
      displayName?: string | null;
      company?: string | null;
      givenName?: string | null;
      familyName?: string | null;
      gender?: 'female' | 'male' | null;
      birthDate?: string | null;
      citizenship?: string | null;
      taxIds?: (components['schemas']['TaxId'])[] | null;
      language?: string | null;
      priceGroup?: string | null;
      customFields?: { [name: string]: unknown } | null;
      contactPoints?: (components['schemas']['ContactPointInput'])[] | null;
      addresses?: (components['schemas']['AddressInput'])[] | null;
      identityDocuments?: (components['schemas']['IdentityDocumentInput'])[] | null;
      representatives?: (components['schemas']['RepresentativeInput'])[] | null;
      employees?: (components['schemas']['EmployeeInput'])[] | null;
      id?: unknown;
      number?: unknown;
      version?: unknown;
      name?: unknown;
      archived?: unknown;
      archivedAt?: unknown;
      restoredAt?: unknown;
      orders?: unknown;
      subscriptions?: unknown;
      ids?: unknown;
      createdAt?: unknown;
      updatedAt?: unknown;
      createdBy?: unknown;
    };
    ViewRequest: {
      method: 'GET';
      path: string;
      status: number;
      body: unknown;
    };
    Omission: {
      path: string;
      reason: string;
    };
    View: {
      dialect: string;
      title: string;
      id: string;
      requests: (components['schemas']['ViewRequest'])[];
      omitted: (components['schemas']['Omission'])[];
    };
    Views: {
      views: (components['schemas']['View'])[];
    };
    FieldChange: {
      path: string;
      before: unknown;
      after: unknown;
    };
    Change: {
      sequence: number;
      dialect: string;
      actor: string;
      requestId: string;
      at: string;
      customerId: string;
      customerNumber: number;
      event: string | null;
      fields: (components['schemas']['FieldChange'])[];
      erased: boolean;
    };
    History: {
      items: (components['schemas']['Change'])[];
      next: string | null;
      archivedUntil: string | null;
    };
    Act: {
      sequence: number;
      dialect: string;
      actor: string;
      requestId: string;
      at: string;
    };
    Provenance: {
      fields: { [name: string]: components['schemas']['Act'] };
      archivedUntil: string | null;
    };
    RevertRequest: {
      sequence: number;
      paths?: (string)[];
      force?: boolean;
    };
    RevertConflict: {
      path: string;
      sequence: number | null;
    };
    RevertPreview: {
      fields: (components['schemas']['FieldChange'])[];
      conflicts: (components['schemas']['RevertConflict'])[];
      customer: components['schemas']['Customer'] | null;
    };
    RevealRequest: {
      reason?: string | null;
    };
    Revealed: {
      value: string | null;
    };
    Reveal: {
      id: string;
      at: string;
      actor: string;
      customerId: string;
      documentId: string | null;
      requestId: string;
      reason: string | null;
    };
    Reveals: {
      items: (components['schemas']['Reveal'])[];
      next: string | null;
    };
    ExportedResource: {
      resource: string;
      key: string;
      body: unknown;
    };
    ExportedView: {
      dialect: string;
      id: string;
      resources: (components['schemas']['ExportedResource'])[];
    };
    ExportedObject: {
      dialect: string;
      kind: string;
      number: number;
      body: { [name: string]: unknown };
      createdAt: string;
      updatedAt: string;
    };
    CustomerExport: {
      customerId: string;
      exportedAt: string;
      record: { [name: string]: unknown } | null;
      views: (components['schemas']['ExportedView'])[];
      objects: (components['schemas']['ExportedObject'])[];
      reveals: (components['schemas']['Reveal'])[];
      archivedUntil: string | null;
      history: (components['schemas']['Change'])[];
    };
    Feed: {
      items: (components['schemas']['Change'])[];
      cursor: string;
      hasMore: boolean;
    };
    Credential: {
      id: string;
      dialect: string;
      kind: 'key' | 'password' | 'issuer';
      name: string;
      settings: { [name: string]: unknown };
      createdAt: string;
      expiresAt: string | null;
      revokedAt: string | null;
      lastUsedAt: string | null;
      replacedBy: string | null;
    };
    Credentials: {
      items: (components['schemas']['Credential'])[];
    };
    NewCredential: {
      dialect: string;
      name: string;
      options?: { [name: string]: string | boolean };
    };
    IssuedCredential: {
      credential: components['schemas']['Credential'];
      secrets: { [name: string]: string };
    };
    CredentialForm: {
      dialect: string;
      title: string;
      options: { [name: string]: unknown };
      needsReveal: boolean;
    };
    CredentialForms: {
      items: (components['schemas']['CredentialForm'])[];
    };
    Rotation: {
      overlapSeconds: number;
    };
    Tenant: {
      name: string;
      createdAt: string;
    };
    Tenants: {
      items: (components['schemas']['Tenant'])[];
    };
    NewTenant: {
      name: string;
      operator: {
        name: string;
        login: string;
      };
    };
    IssuedTenant: {
      tenant: components['schemas']['Tenant'];
      secrets: { [name: string]: string };
    };
    DialectInfo: {
      name: string;
      title: string;
      operations: number;
    };
    DialectList: {
      items: (components['schemas']['DialectInfo'])[];
    };
    ProblemField: {
      field: string;
      message: string;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      code: string;
      requestId: string;
      errors?: (components['schemas']['ProblemField'])[];
      etag?: string;
      conflicts?: (components['schemas']['RevertConflict'])[];
    };
  };
  responses: {
    400: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    401: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    403: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    404: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    405: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    406: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    408: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    409: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    410: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    412: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    413: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    415: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    422: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    428: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    429: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    500: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    503: {
      headers: { [name: string]: unknown };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
}
