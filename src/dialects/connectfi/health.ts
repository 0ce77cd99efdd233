/** connectFi's health check, for whoever asks (connectfi.md §1.5: the path is documented, the rest a convention). */
import type { Route } from '../contract.ts';
import { success } from './answer.ts';
import { Confirmation } from './answers.ts';

export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/health',
    operation: 'Health Check',
    group: 'About',
    provenance: 'convention',
    section: 'connectfi.md §1.5',
    open: true,
    answers: { 200: Confirmation },
    handle: async ({ request }) => success(request, { status: true }),
  },
];
