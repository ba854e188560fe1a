/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-change.h"
#include "domain/trestle-finding.h"

G_BEGIN_DECLS

/**
 * trestle_change_refusal_locate:
 * @draft: (nullable): the root of the draft
 * @changes: of #TrestleChange, in the order in which they were sent
 * @message: what AWS answered to StartChangeSet: a ValidationException that names a member of a
 *   change, as "ChangeSet[1].DetailsDocument: Value '…' at 'deliveryOptions.1.member.details' failed …"
 * @index: (out): which of @changes is guilty
 *
 * A set that AWS does not even take is refused at once, with the place where it is wrong in the words
 * of the request. Leads that to the place in the draft.
 *
 * Returns: (transfer full) (nullable): what is wrong; %NULL where the message names no change
 */
TrestleFinding *trestle_change_refusal_locate (JsonNode *draft,
                                               GListModel *changes,
                                               const char *message,
                                               guint *index);

G_END_DECLS
