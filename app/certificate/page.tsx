/** The certificate of whoever asks, with the link by which others verify it; or what is still missing. */
import type { Metadata } from 'next'
import { certificateNow } from '../_server/certificate.ts'
import { courseNow } from '../_server/course.ts'
import { labList } from '../_server/labs.ts'
import { ownAddress } from '../_server/own-address.ts'
import { certificateText as text } from '../_text/en.ts'
import { CertificateSheet } from '../_ui/certificate/CertificateSheet.tsx'
import { Link } from '../_ui/control/Link.tsx'
import { Header } from '../_ui/frame/Header.tsx'
import { PageTitle } from '../_ui/frame/PageTitle.tsx'
import { CopyLine } from '../_ui/pocket/CopyLine.tsx'

export const metadata: Metadata = { title: text.title }

export default async function CertificatePage() {
  const { count } = await courseNow()
  const [earned, labs, address] = await Promise.all([certificateNow(), labList(), ownAddress()])
  const link = earned && `${address}/certificate/${earned.token}`
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle className="print:hidden">{text.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55] print:hidden">
          {text.lead}
        </p>
        {earned && link ? (
          <>
            <CertificateSheet certificate={earned.certificate} labs={labs} />
            <section aria-labelledby="certificate-link" className="mt-8 max-w-[50rem]">
              <h2 id="certificate-link" className="caps text-muted">
                {text.link}
              </h2>
              <p className="certificate-address">{link}</p>
              <div className="mt-3 flex flex-wrap items-center gap-4 print:hidden">
                <CopyLine line={link} />
                <Link href={`/certificate/${earned.token}`} className="link text-sm">
                  {text.open}
                </Link>
              </div>
              <p className="mt-3 text-sm text-muted print:hidden">{text.linkNote}</p>
            </section>
          </>
        ) : (
          <>
            <p className="figures mt-6 text-muted">{text.missing(count)}</p>
            <p className="mt-4">
              <Link href="/course" className="link">
                {text.onward}
              </Link>
            </p>
          </>
        )}
      </main>
    </>
  )
}
