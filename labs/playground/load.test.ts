import { expect, test } from 'vitest'
import { blockedRange } from '../shop/firewall.ts'
import { backgroundPlan, probePlan } from './load.ts'

test('none of the playground’s clients comes from where its firewall lets nobody in, whatever the seed', () => {
  for (let seed = 0; seed < 200; seed++) {
    const { requests } = backgroundPlan(seed)
    const sources = [...requests, ...probePlan(seed, 300).requests].map(({ src }) => src)
    expect(sources.filter((src) => src.startsWith(`${blockedRange}.`))).toEqual([])
  }
})
