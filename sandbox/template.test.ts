/** What is left of templates that nobody can use: no engine, only its list of volumes. */
import { expect, test } from 'vitest'
import { EngineError } from './driver.ts'
import { removeStaleTemplates } from './template.ts'

const here = { 'ringside.image': 'here' }
const ago = (ms: number) => ({ 'ringside.began': new Date(Date.now() - ms).toISOString() })

test('of an image that is gone, or half made long ago, it is removed; what is whole, being made or in use stays', async () => {
  const volumes = [
    { name: 'ringside-template-1', labels: { ...here, 'ringside.data': 'ringside-data-1-a' } },
    { name: 'ringside-data-1-a', labels: { ...here, ...ago(90 * 60_000) } },
    { name: 'ringside-data-1-half', labels: { ...here, ...ago(90 * 60_000) } },
    { name: 'ringside-data-1-older', labels: here },
    { name: 'ringside-data-1-making', labels: { ...here, ...ago(60_000) } },
    { name: 'ringside-data-2-in-use', labels: { 'ringside.image': 'gone' } },
    { name: 'ringside-template-2', labels: { 'ringside.image': 'gone', 'ringside.data': 'ringside-data-2' } },
  ]
  const removed: string[] = []
  await removeStaleTemplates({
    listVolumes: async () => volumes,
    imageId: async (image) => (image === 'here' ? 'sha256:1' : null),
    async removeVolume(name) {
      if (name.endsWith('in-use')) throw new EngineError('volume is in use', '')
      removed.push(name)
    },
  })
  expect(removed).toEqual(['ringside-data-1-half', 'ringside-data-1-older', 'ringside-template-2'])
})
