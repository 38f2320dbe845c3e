/** Anybody's certificate, verified by its link alone: no session is asked for, and nothing is looked up but the titles of labs. */
import type { Metadata } from 'next'
import { verified } from '#/app/_server/certificate.ts'
import { labList } from '#/app/_server/labs.ts'
import { certificateText as text } from '#/app/_text/en.ts'
import { CertificateSheet } from '#/app/_ui/certificate/CertificateSheet.tsx'
import { ShapePass } from '#/app/_ui/control/Shape.tsx'
import { Message } from '#/app/_ui/frame/Message.tsx'
import { PlainHeader } from '#/app/_ui/frame/PlainHeader.tsx'

interface Props {
  params: Promise<{ token: string }>
}

/** Nobody's name belongs into a search engine because somebody put a link somewhere. */
export const metadata: Metadata = { title: text.title, robots: { index: false } }

export default async function VerifiedCertificate({ params }: Props) {
  const certificate = verified((await params).token)
  if (!certificate)
    return (
      <>
        <PlainHeader />
        <Message title={text.invalid.title}>
          <p>{text.invalid.body}</p>
        </Message>
      </>
    )
  return (
    <>
      <PlainHeader />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <h1 className="caps pt-10 text-muted">{text.title}</h1>
        <p className="mt-3 flex flex-wrap items-baseline gap-x-2">
          <ShapePass />
          <strong className="font-semibold">{text.verified}.</strong>
          <span className="text-muted">{text.verifiedBody}</span>
        </p>
        <CertificateSheet certificate={certificate} labs={await labList()} />
      </main>
    </>
  )
}
