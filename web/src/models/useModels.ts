import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { explain } from '@/api/explain'
import { ApiError } from '@/api/http'
import { activateModel, cancelDownload, downloadModel, getModels, removeModel } from '@/api/models'
import type { Hub, Model } from '@/api/schema'
import { loadSystem, models } from '@/session/system'
import { language } from '@/shared/i18n'

const interval = 1000

export const isDownloading = ({ download }: Model) =>
  download !== null && ['downloading', 'checking', 'importing'].includes(download.state)

export const isLoading = ({ activation }: Model) => activation?.state === 'loading'

export interface ModelEvents {
  /** A download has finished successfully. */
  downloaded(id: string): void
  /** Another model is active now. */
  switched(id: string): void
}

/** The list of models; polls while a model is downloading or loading. */
export function useModels(events: ModelEvents) {
  const error = ref('')
  let reading = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const all = computed(() => uniqueById(models.value?.models ?? []))
  const installed = computed(() => all.value.filter(model => model.installed))
  const available = computed(() => all.value.filter(model => !model.installed))

  async function read() {
    clearTimeout(timer)
    reading.abort()
    const { signal } = (reading = new AbortController())
    let wait = interval
    try {
      const before = all.value
      const found = await getModels(signal)
      models.value = found
      error.value = ''
      reportChanges(before)
      if (!all.value.some(model => isDownloading(model) || isLoading(model))) return
    } catch (problem) {
      if (signal.aborted) return
      error.value = explain(problem)
      wait = ((problem instanceof ApiError && problem.retryAfter) || 5) * 1000
    }
    timer = setTimeout(read, wait)
  }

  function reportChanges(before: Model[]) {
    for (const now of all.value) {
      const then = before.find(model => model.id === now.id)
      if (then && isDownloading(then) && now.download?.state === 'done') events.downloaded(now.id)
      if (then && !then.active && now.active) {
        void loadSystem()
        events.switched(now.id)
      }
    }
  }

  /** Waits for a request and reloads the models, even if it fails. */
  async function thenRead(request: Promise<void>) {
    try {
      await request
    } finally {
      await read()
    }
  }

  void read()
  watch(language, read)
  onBeforeUnmount(() => {
    clearTimeout(timer)
    reading.abort()
  })

  return {
    loaded: computed(() => models.value !== null),
    installed,
    available,
    error,
    read,
    download: (id: string, from: Hub | null, partial: boolean) => thenRead(downloadModel(id, from, partial)),
    cancel: (id: string) => thenRead(cancelDownload(id)),
    activate: (id: string) => thenRead(activateModel(id)),
    remove: (id: string) => thenRead(removeModel(id)),
  }
}

/** Keeps one copy of a model that is in several places: the active one, otherwise the preferred one, which is listed first. */
export function uniqueById(list: Model[]): Model[] {
  const byId = new Map<string, Model>()
  for (const model of list) {
    if (!byId.has(model.id) || model.active) byId.set(model.id, model)
  }
  return [...byId.values()].sort((a, b) => Number(b.active) - Number(a.active))
}
