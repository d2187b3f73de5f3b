import { ref } from 'vue'
import { whenUnauthorized } from '@/api/http'
import { getSession, logOut } from '@/api/session'
import type { Session } from '@/api/types'

/** null until the server has said whether it wants a login. */
export const session = ref<Session | null>(null)

export async function loadSession(): Promise<void> {
  session.value = await getSession()
}

export async function endSession(): Promise<void> {
  await logOut()
  // Nothing of what the user saw may stay.
  location.reload()
}

whenUnauthorized(() => {
  if (session.value?.user) session.value = { ...session.value, user: null }
  else if (session.value && !session.value.required) void loadSession()
})
