// EmailParser: e-mails and mailboxes to headings, paragraphs and attachments.
//
// Every message is written as message_writer.h says: its head is From, To, Cc
// and Date, its text the best one: HTML where there is one, else plain text.
// Quoted messages are kept. Title: the subject of the first message.
// Runs in the jail, as its attachments may need it.
// Limits: parts and nesting as mime_message.h, attachments and messages in
// messages as message_writer.h.
// Purity, threads and errors: as documents/parser.h; NOT_AN_EMAIL when there is
// no header at all.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& EmailParser();

}  // namespace cairn
