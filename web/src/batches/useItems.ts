import { onBeforeUnmount, ref, shallowReactive, watch } from 'vue'
import { listItems } from '@/api/batches'
import { explain } from '@/api/explain'
import type { BatchItem, BatchItemQuery } from '@/api/schema'
import { pagesOf } from './rowWindow'

const pageSize = 100
/** Pages that stay in memory. */
const maxPages = 40
/** Rows that are loaded beyond the shown ones in each direction. */
const ahead = 50
/** Milliseconds between two looks at what is shown: a fast scroll must not request every page on its way. */
const interval = 80

/** The recordings of a batch that match a query; loads the pages that are shown. */
export function useItems(batch: () => number, query: () => BatchItemQuery) {
  const pages = shallowReactive(new Map<number, BatchItem[]>())
  const total = ref<number | null>(null)
  const error = ref('')
  const loading = new Map<number, AbortController>()
  const stale = new Set<number>()
  let shown = { first: 0, end: 1 }
  let timer: ReturnType<typeof setTimeout> | undefined

  const itemAt = (row: number) => pages.get(Math.floor(row / pageSize))?.[row % pageSize]

  /** Loads the pages of the rows from `first` to before `end`, if they are still shown in a moment. */
  function show(first: number, end: number) {
    shown = { first, end }
    timer ??= setTimeout(() => {
      timer = undefined
      loadShown()
    }, interval)
  }

  /** Loads the shown pages again; the others when they are shown. */
  function refresh() {
    for (const page of pages.keys()) stale.add(page)
    loadShown()
  }

  function loadShown() {
    const end = Math.max(1, Math.min(total.value ?? 1, shown.end + ahead))
    const needed = pagesOf(Math.max(0, shown.first - ahead), end, pageSize)
    for (const [page, abort] of loading) {
      if (!needed.includes(page)) abort.abort()
    }
    for (const page of needed) {
      if (!loading.has(page) && (!pages.has(page) || stale.has(page))) void load(page)
    }
  }

  async function load(page: number) {
    const abort = new AbortController()
    loading.set(page, abort)
    try {
      const found = await listItems(batch(), { ...query(), offset: page * pageSize, limit: pageSize }, abort.signal)
      // The newest page is the last of the map.
      pages.delete(page)
      pages.set(page, found.items)
      for (const oldest of pages.keys()) {
        if (pages.size <= maxPages) break
        pages.delete(oldest)
      }
      stale.delete(page)
      total.value = found.total
      error.value = ''
    } catch (problem) {
      if (!abort.signal.aborted) error.value = explain(problem)
    } finally {
      if (loading.get(page) === abort) loading.delete(page)
    }
  }

  function stop() {
    clearTimeout(timer)
    timer = undefined
    loading.forEach(abort => abort.abort())
    loading.clear()
  }

  function restart() {
    stop()
    pages.clear()
    stale.clear()
    shown = { first: 0, end: 1 }
    loadShown()
  }

  watch([batch, query], restart, { immediate: true })
  onBeforeUnmount(stop)
  return { total, error, itemAt, show, refresh }
}
