import { expect, test } from 'vitest'
import type { ClusterProgram } from '@/api/schema'
import { speedOf } from './useCluster'

const program = (state: ClusterProgram['state'], speed: number | null) => ({ state, per_minute: speed }) as ClusterProgram

test('the speed is the sum of the programs that report', () => {
  const programs = [program('working', 60), program('draining', 5.5), program('silent', 70), program('working', null)]
  expect(speedOf({ programs })).toBe(65.5)
})
