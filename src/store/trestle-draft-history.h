/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/trestle-clock.h"

G_BEGIN_DECLS

/*
 * What drafts were: `.history/NAME/TIME.yaml` in the folder of drafts. The older, the thinner. Blocks
 * as trestle-draft-io.h does.
 */

/** TRESTLE_DRAFT_HISTORY_PAUSE: saving puts what was there aside only after this long */
#define TRESTLE_DRAFT_HISTORY_PAUSE (2 * TRESTLE_MINUTE)

/**
 * trestle_draft_history_list:
 * @folder: the folder of drafts
 * @name: a draft's name, also of one that is gone
 *
 * Returns: (transfer full) (element-type TrestleDraftSnapshot): newest first
 */
GPtrArray *trestle_draft_history_list (const char *folder, const char *name);

/**
 * trestle_draft_history_add:
 * @text: what the draft was; it is not put aside twice running
 * @now: UTC microseconds
 *
 * Returns: (transfer full) (nullable): the path where it is now
 */
char *trestle_draft_history_add (const char *folder,
                                 const char *name,
                                 const char *text,
                                 gint64 now,
                                 GError **error);

/** trestle_draft_history_is_due: Returns: whether the newest is older than the pause, or missing */
gboolean trestle_draft_history_is_due (const char *folder, const char *name, gint64 now);

/**
 * trestle_draft_history_thin:
 *
 * Deletes what is too much: of the last hour all stay, of the last day one in ten minutes, of the
 * last thirty days one a day, and one in thirty days of those before.
 */
void trestle_draft_history_thin (const char *folder, const char *name, gint64 now);

/** trestle_draft_history_move: gives what was of @name to @to; what @to had stays too */
gboolean
trestle_draft_history_move (const char *folder, const char *name, const char *to, GError **error);

G_END_DECLS
