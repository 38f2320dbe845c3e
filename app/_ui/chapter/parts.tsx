/** Elements and components of a chapter that ask nobody anything and need no script: on the page and in a file to take along they are the same. */
import type { ComponentProps, ReactNode } from 'react'
import { chapterText } from '#/app/_text/en.ts'
import type { ComponentProps as Props } from '#/content/components.ts'

export function Aside({ kind, title, children }: Props<'Aside'> & { children?: ReactNode }) {
  return (
    <div role="note" className={`aside aside-${kind}`}>
      <p className="aside-title">
        <span className="caps">{chapterText.aside[kind]}</span>
        {title}
      </p>
      {children}
    </div>
  )
}

export function Figure({ title, describes, children }: Props<'Figure'> & { children?: ReactNode }) {
  return (
    <figure className="picture">
      <div role="img" aria-label={describes}>
        {children}
      </div>
      <figcaption>{title}</figcaption>
    </figure>
  )
}

export function Recall({ children }: { children?: ReactNode }) {
  return (
    <section aria-label={chapterText.recall} className="recall">
      {children}
    </section>
  )
}

export function Question({ ask, children }: Props<'Question'> & { children?: ReactNode }) {
  return (
    <details className="question">
      <summary>{ask}</summary>
      <div>{children}</div>
    </details>
  )
}

export const Heading2 = ({ id, children }: ComponentProps<'h2'>) => (
  <h2 id={id} tabIndex={-1}>
    <HeadingLink id={id}>{children}</HeadingLink>
  </h2>
)
export const Heading3 = ({ id, children }: ComponentProps<'h3'>) => (
  <h3 id={id} tabIndex={-1}>
    <HeadingLink id={id}>{children}</HeadingLink>
  </h3>
)
const HeadingLink = ({ id, children }: { id?: string; children?: ReactNode }) =>
  id ? (
    <a href={`#${id}`} className="heading-anchor">
      {children}
    </a>
  ) : (
    children
  )

export const Table = (props: ComponentProps<'table'>) => (
  // biome-ignore lint/a11y/useSemanticElements: a group, since many landmarks of one name help nobody, and no fieldset
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <div role="group" className="table-scroll" tabIndex={0} aria-label={chapterText.table}>
    <table {...props} />
  </div>
)
