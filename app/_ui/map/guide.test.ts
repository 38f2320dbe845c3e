import { expect, test } from 'vitest'
import { stageIds } from '#/labs/stages.ts'
import { guideOf } from './guide.ts'

test('each stage has its commands and the chapters that are about it, but for one about the whole path', () => {
  const guides = guideOf(
    [
      { stage: 'ring', line: 'ethtool -g eth0', asks: 'How long?' },
      { stage: 'ip', line: 'nstat', asks: 'What came?' },
    ],
    [
      { slug: 'nic', number: 1, title: 'NIC', stages: ['wire', 'ring'] },
      { slug: 'journey', number: 0, title: 'All of it', stages: [...stageIds] },
    ],
    (number, title) => `${number} ${title}`,
  )
  expect(guides.map(({ stage }) => stage)).toEqual(stageIds)
  expect(guides.find(({ stage }) => stage === 'ring')).toEqual({
    stage: 'ring',
    commands: [{ line: 'ethtool -g eth0', asks: 'How long?' }],
    chapters: [{ slug: 'nic', label: '1 NIC' }],
  })
})
