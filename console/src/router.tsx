/** Which address shows which page. Pages are loaded when they are first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { isProblem } from './api/problem.ts';
import { queryClient } from './api/query-client.ts';
import { sessionQuery } from './api/session.ts';
import { accessSearch } from './pages/access/search.ts';
import { historySearch } from './pages/customer/history/search.ts';
import { recordSearch } from './pages/customer/record/search.ts';
import { viewsSearch } from './pages/customer/views/search.ts';
import { customersSearch } from './pages/customers/search.ts';
import { healthSearch } from './pages/health/search.ts';
import { liveSearch } from './pages/live/search.ts';
import { signInSearch } from './pages/sign-in/search.ts';
import { ErrorPage } from './shell/error-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { PageSkeleton } from './shell/page-skeleton.tsx';
import { Shell } from './shell/shell.tsx';

/** The router lays what was validated over what came: without this, a value that was passed over would come back. */
const strictly =
  <Search extends object>(validate: (search: Record<string, unknown>) => Search) =>
  (search: Record<string, unknown>): Search => ({
    ...(Object.fromEntries(Object.keys(search).map(name => [name, undefined])) as Search),
    ...validate(search),
  });

const root = createRootRoute({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: strictly(signInSearch),
  component: lazyRouteComponent(() => import('./pages/sign-in/page.tsx'), 'SignInPage'),
});

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (isProblem(error, 'unauthenticated'))
        throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true });
      throw error;
    }
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/customers', replace: true });
  },
});

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: strictly(customersSearch),
  component: lazyRouteComponent(() => import('./pages/customers/page.tsx'), 'CustomersPage'),
});

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  component: lazyRouteComponent(() => import('./pages/customer/layout.tsx'), 'CustomerLayout'),
});

const record = createRoute({
  getParentRoute: () => customer,
  path: '/',
  validateSearch: strictly(recordSearch),
  component: lazyRouteComponent(() => import('./pages/customer/record/page.tsx'), 'RecordPage'),
});

const views = createRoute({
  getParentRoute: () => customer,
  path: '/views',
  validateSearch: strictly(viewsSearch),
  component: lazyRouteComponent(() => import('./pages/customer/views/page.tsx'), 'ViewsPage'),
});

const history = createRoute({
  getParentRoute: () => customer,
  path: '/history',
  validateSearch: strictly(historySearch),
  component: lazyRouteComponent(() => import('./pages/customer/history/page.tsx'), 'HistoryPage'),
});

const live = createRoute({
  getParentRoute: () => shell,
  path: '/live',
  validateSearch: strictly(liveSearch),
  component: lazyRouteComponent(() => import('./pages/live/page.tsx'), 'LivePage'),
});

const access = createRoute({
  getParentRoute: () => shell,
  path: '/access',
  validateSearch: strictly(accessSearch),
  component: lazyRouteComponent(() => import('./pages/access/page.tsx'), 'AccessPage'),
});

const health = createRoute({
  getParentRoute: () => shell,
  path: '/health',
  validateSearch: strictly(healthSearch),
  component: lazyRouteComponent(() => import('./pages/health/page.tsx'), 'HealthPage'),
});

/** Within the frame, so that the way on is there. */
const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    shell.addChildren([
      home,
      customers,
      customer.addChildren([record, views, history]),
      live,
      access,
      health,
      nowhere,
    ]),
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: PageSkeleton,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
