import { computed } from 'vue'
import { createRouter, createWebHashHistory } from 'vue-router'

export type Page = 'recognize' | 'live' | 'batches' | 'history' | 'models' | 'cluster'

export interface Route {
  page: Page
  recognition: string | null
  batch: number | null
  /** Number of a recording in the batch. */
  item: number | null
}

/** The application chooses the view of a page by itself: some of them stay while another one is shown. */
const component = { render: () => null }
const pages: Page[] = ['live', 'batches', 'history', 'models', 'cluster']

/** Addresses behind "#", which work under any path of a reverse proxy. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'recognize', component },
    { path: '/recognitions/:recognition', name: 'recognition', component },
    { path: '/batches/:batch(\\d{1,9})/items/:item(\\d{1,9})', component, meta: { page: 'batches' } },
    { path: '/batches/:batch(\\d{1,9})', component, meta: { page: 'batches' } },
    ...pages.map(page => ({ path: `/${page}`, component, meta: { page } })),
    { path: '/:elsewhere(.*)*', redirect: '/' },
  ],
})

export const route = computed<Route>(() => {
  const { meta, params } = router.currentRoute.value
  const number = (name: string) => (params[name] === undefined ? null : Number(params[name]))
  return {
    page: (meta.page as Page | undefined) ?? 'recognize',
    recognition: (params.recognition as string | undefined) ?? null,
    batch: number('batch'),
    item: number('item'),
  }
})

/** The query of the address with its question mark; empty without one. A view that opens a part of itself keeps it. */
export const search = computed(() => {
  const { fullPath } = router.currentRoute.value
  return fullPath.includes('?') ? fullPath.slice(fullPath.indexOf('?')) : ''
})

export const pageHref = (page: Page) => (page === 'recognize' ? '#/' : `#/${page}`)
export const recognitionHref = (id: string) => `#/recognitions/${encodeURIComponent(id)}`
export const batchHref = (id: number) => `#/batches/${id}`
export const itemHref = (batch: number, item: number) => `#/batches/${batch}/items/${item}`

/** Goes to an address that one of these functions returned. `replace`: back does not return to the present one. */
export const go = (href: string, replace = false) => router[replace ? 'replace' : 'push'](href.slice(1))
