/** Tickets and hints as elements. What the Markdown means is in parse.ts. */
import { contentLang } from '#/app/_text/language.ts'
import { type Block, type Inline, parseMarkdown } from './parse.ts'

export function Markdown({ source }: { source: string }) {
  return parseMarkdown(source).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text is fixed; its blocks have no other name
    <BlockElement key={index} block={block} />
  ))
}

function BlockElement({ block }: { block: Block }) {
  if (block.kind === 'code') {
    return (
      <pre lang={contentLang} data-language={block.language}>
        <code>{block.text}</code>
      </pre>
    )
  }
  if (block.kind === 'list') {
    const List = block.ordered ? 'ol' : 'ul'
    return (
      <List lang={contentLang}>
        {keyed(block.items).map(([key, item]) => (
          <li key={key}>
            <Spans spans={item} />
          </li>
        ))}
      </List>
    )
  }
  if (block.kind === 'heading') {
    return (
      <h3 lang={contentLang}>
        <Spans spans={block.text} />
      </h3>
    )
  }
  const Tag = block.kind === 'quote' ? 'blockquote' : 'p'
  const lines = keyed(block.lines)
  return (
    <Tag lang={contentLang} className={lines.length > 1 ? 'facts' : undefined}>
      {lines.map(([key, line]) => (
        <span key={key} className={lines.length > 1 ? 'block' : undefined}>
          <Spans spans={line} />
        </span>
      ))}
    </Tag>
  )
}

const Spans = ({ spans }: { spans: Inline[] }) =>
  keyed(spans).map(([key, span]) => <Span key={key} span={span} />)

function Span({ span }: { span: Inline }) {
  if (span.kind === 'text') return span.text
  if (span.kind === 'code') return <code>{span.text}</code>
  if (span.kind === 'strong')
    return (
      <strong>
        <Spans spans={span.children} />
      </strong>
    )
  if (span.kind === 'em')
    return (
      <em>
        <Spans spans={span.children} />
      </em>
    )
  return (
    <a href={span.href} className="link" rel="noreferrer">
      <Spans spans={span.children} />
    </a>
  )
}

const keyed = <T,>(list: T[]): [number, T][] => list.map((value, index) => [index, value])
