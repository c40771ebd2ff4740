// MsgParser: messages saved by Outlook (.msg, .oft) to headings, paragraphs and
// attachments.
//
// Written as e-mails are (formats/email/message_writer.h): From, To, Cc and
// Date, then the best text: the page, else one wrapped into RTF, else RTF, else
// plain text. Messages within the message and files attached to it follow.
// Left out: embedded objects of other programs (with a warning).
// Purity, threads: as documents/parser.h. Errors: as CompoundFile;
// MESSAGES_TOO_DEEP.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& MsgParser();

}  // namespace cairn
