import { ref } from 'vue'
import { whenUnauthorized } from '@/api/http'
import type { Session } from '@/api/schema'
import { getSession, logOut } from '@/api/session'

/** null until the server has reported whether it requires a login. */
export const session = ref<Session | null>(null)

export async function loadSession(): Promise<void> {
  session.value = await getSession()
}

export async function endSession(): Promise<void> {
  await logOut()
  // Discards all data of the user.
  location.reload()
}

whenUnauthorized(() => {
  if (session.value?.user) session.value = { ...session.value, user: null }
  else if (session.value && !session.value.required) void loadSession()
})
