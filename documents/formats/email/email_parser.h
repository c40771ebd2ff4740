// EmailParser: e-mails and mailboxes to headings, paragraphs and attachments.
//
// Every message is a heading with its subject, a table of its head (From, To,
// Cc, Date), then the best of its texts: HTML where there is one, else plain
// text. Quoted messages are kept. Attachments stand under a heading with their
// file name and are read by their own formats; those that cannot be read are
// named by a warning. Title: the subject of the first message.
// Runs in the jail, as its attachments may need it; the parsers of attachments
// are made ready by PrepareForJail.
// Limits: parts and nesting as mime_message.h, kAttachmentsMax attachments,
// messages in messages to kMessageNestingMax.
// Purity, threads and errors: as documents/parser.h; NOT_AN_EMAIL when there is
// no header at all.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& EmailParser();

}  // namespace cairn
