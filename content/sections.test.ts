/** The words that the search knows of a chapter. */
import { expect, test } from 'vitest'
import { compileBody } from './compile.ts'

const body = `
Before any heading.

## The \`ring\`

Its *size* is in \`rx_max\`s, <Term of="descriptor">descriptors</Term>.

- one
- two

<Figure title="A ring" describes="Eight places in a circle"><svg><text>drawn</text></svg></Figure>

\`\`\`console
# ethtool -g eth0
RX: 256
$ nstat -az
\`\`\`

### Recall

<Recall>
<Question ask="How long is it?">

As long as it must be.

</Question>
</Recall>
`

test('each section has its prose, code, terms and questions, and the lines that are typed', async () => {
  const { sections } = (await compileBody(body)).inventory
  expect(sections.map(({ id }) => id)).toEqual([null, 'the-ring', 'recall'])
  expect(sections[0]?.text).toBe('Before any heading.')
  const ring = sections[1]
  for (const words of ['Its size is in rx_maxs,', 'descriptors', 'one two', 'Eight places'])
    expect(ring?.text).toContain(words)
  expect(ring?.text).not.toContain('drawn')
  expect(ring?.typed).toEqual(['ethtool -g eth0', 'nstat -az'])
  expect(sections[2]?.text).toContain('How long is it?')
  expect(sections[2]?.text).toContain('As long as it must be.')
})
