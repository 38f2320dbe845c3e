/** The path at a glance, as it is read and heard: where to go on is a word and a shape, not only a colour. */
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { stageIds } from '#/labs/stages.ts'
import { PathMap } from './PathMap.tsx'
import { progressAlong } from './progress.ts'

const nic = { read: false, meta: { stages: ['ring'] as const } }
const rss = { read: false, meta: { stages: ['irq'] as const } }
const links = renderToStaticMarkup(<PathMap stages={progressAlong([nic, rss], [], rss)} />)
  .split('<a ')
  .slice(1)
const of = (stage: string) => links.find((link) => link.startsWith(`href="#stage-${stage}"`)) ?? ''

test('every stage is a link', () => expect(links).toHaveLength(stageIds.length))

test('the stage to go on with says so, and has a shape that no other has', () => {
  expect(of('irq')).toMatch(/aria-label="[^"]*; here you go on"/)
  expect(of('ring')).not.toMatch(/here you go on/)
  const shapes = (stage: string) =>
    /path-map-count.*?<\/span>/.exec(of(stage))?.[0].match(/<svg/g)?.length ?? 0
  expect([shapes('irq'), shapes('ring')]).toEqual([1, 0])
})
