import { ref } from 'vue'
import { ApiError } from '@/api/http'
import { getModels } from '@/api/models'
import type { ModelList, System } from '@/api/schema'
import { getSystem } from '@/api/system'

export const system = ref<System | null>(null)
export const models = ref<ModelList | null>(null)

let timer: ReturnType<typeof setTimeout> | undefined

/** Loads the server state; polls while the model is loading. */
export async function loadSystem(): Promise<void> {
  clearTimeout(timer)
  try {
    system.value = await getSystem()
    if (system.value.model.state === 'loading') timer = setTimeout(loadSystem, 1500)
    else models.value = await getModels()
  } catch (error) {
    const loggedOut = error instanceof ApiError && error.status === 401
    if (!loggedOut) timer = setTimeout(loadSystem, 5000)
  }
}
