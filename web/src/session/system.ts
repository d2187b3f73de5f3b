import { ref } from 'vue'
import { ApiError, whenUnreachable } from '@/api/http'
import { getModels } from '@/api/models'
import type { ModelList, System } from '@/api/schema'
import { getSystem } from '@/api/system'

export const system = ref<System | null>(null)
export const models = ref<ModelList | null>(null)
/** Whether the last request got no response. */
export const isAway = ref(false)

/** Milliseconds between two looks at the server: while the model is loading, while it is away, otherwise. */
const [whileLoading, whileAway, usually] = [1500, 3000, 15_000]

let timer: ReturnType<typeof setTimeout> | undefined

/** Loads the server state, and looks at it from time to time. */
export async function loadSystem(): Promise<void> {
  clearTimeout(timer)
  try {
    system.value = await getSystem()
    isAway.value = false
    if (system.value.model.state === 'loading') timer = setTimeout(loadSystem, whileLoading)
    else {
      models.value = await getModels()
      timer = setTimeout(lookAgain, usually)
    }
  } catch (error) {
    const loggedOut = error instanceof ApiError && error.status === 401
    if (!loggedOut) timer = setTimeout(loadSystem, isAway.value ? whileAway : usually)
  }
}

function lookAgain(): void {
  if (document.hidden) timer = setTimeout(lookAgain, usually)
  else void loadSystem()
}

whenUnreachable(() => {
  if (isAway.value) return
  isAway.value = true
  clearTimeout(timer)
  timer = setTimeout(loadSystem, whileAway)
})
