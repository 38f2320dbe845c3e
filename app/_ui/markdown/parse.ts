/**
 * The little Markdown that tickets and hints are written in: paragraphs, headings, lists, quotes, code blocks, and in the line code, bold,
 * emphasis, links. Anything else stays as it is written. Knows no React and makes no HTML.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'em'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }
export type Block =
  | { kind: 'paragraph' | 'quote'; lines: Inline[][] }
  | { kind: 'heading'; depth: number; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; language: string; text: string }

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const fence = /^```\s*(\S*)/.exec(line)
    if (line.trim() === '') at++
    else if (fence) {
      const end = lines.findIndex((candidate, index) => index > at && candidate.startsWith('```'))
      const stop = end < 0 ? lines.length : end
      blocks.push({ kind: 'code', language: fence[1] ?? '', text: lines.slice(at + 1, stop).join('\n') })
      at = stop + 1
    } else {
      const stop = blockEnd(lines, at)
      blocks.push(parseBlock(lines.slice(at, stop)))
      at = stop
    }
  }
  return blocks
}

const item = /^\s*(?:[-*]|\d+[.)])\s+/
const heading = /^(#{1,6})\s+(.*)$/

/** A block ends at an empty line, a fence or a heading, and where a list begins. */
function blockEnd(lines: string[], from: number): number {
  if (heading.test(lines[from] ?? '')) return from + 1
  const isList = item.test(lines[from] ?? '')
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || line.startsWith('```') || heading.test(line)) return at
    if (!isList && item.test(line)) return at
  }
  return lines.length
}

function parseBlock(lines: string[]): Block {
  const [first = ''] = lines
  const head = heading.exec(first)
  if (head) return { kind: 'heading', depth: (head[1] ?? '').length, text: parseInline(head[2] ?? '') }
  if (item.test(first)) {
    const items: string[] = []
    for (const line of lines) {
      if (item.test(line)) items.push(line.replace(item, ''))
      else items[items.length - 1] += ` ${line.trim()}`
    }
    return { kind: 'list', ordered: /^\s*\d/.test(first), items: items.map(parseInline) }
  }
  if (first.startsWith('>')) {
    return { kind: 'quote', lines: [parseInline(lines.map((line) => line.replace(/^>\s?/, '')).join(' '))] }
  }
  return { kind: 'paragraph', lines: paragraphLines(lines).map(parseInline) }
}

/** A ticket's head has one fact per line, each beginning with a bold label: these lines stay lines, all others flow. */
function paragraphLines(lines: string[]): string[] {
  const facts = lines.every((line) => /^\*\*[^*]+:\*\*/.test(line.trim()))
  return facts ? lines.map((line) => line.trim()) : [lines.map((line) => line.trim()).join(' ')]
}

const token = /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*|\[([^\]]+)\]\(([^)\s]+)\)/

export function parseInline(text: string): Inline[] {
  const match = token.exec(text)
  if (!match) return text === '' ? [] : [{ kind: 'text', text }]
  const [all, , code, strong, em, label, href] = match
  const found: Inline =
    code !== undefined
      ? { kind: 'code', text: code.trim() }
      : strong !== undefined
        ? { kind: 'strong', children: parseInline(strong) }
        : em !== undefined
          ? { kind: 'em', children: parseInline(em) }
          : link(all, label ?? '', href ?? '')
  const before = text.slice(0, match.index)
  return [...parseInline(before), found, ...parseInline(text.slice(match.index + all.length))]
}

/** Only addresses that lead somewhere a reader expects; a link with any other scheme stays text. */
function link(source: string, label: string, href: string): Inline {
  if (!/^(https?:\/\/|\/|#)/.test(href)) return { kind: 'text', text: source }
  return { kind: 'link', href, children: parseInline(label) }
}
