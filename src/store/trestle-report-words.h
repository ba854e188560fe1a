/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TrestleReportWords: the different texts of a column; number 0 is the empty one. Of the store alone. */
typedef struct _TrestleReportWords TrestleReportWords;

TrestleReportWords *trestle_report_words_new (void);
void trestle_report_words_free (TrestleReportWords *self);

/** trestle_report_words_hash: Returns: 64 bits that depend on all of @text and on @seed; not against an attacker */
guint64 trestle_report_words_hash (const char *text, gsize length, guint64 seed);

/** trestle_report_words_intern: Returns: %FALSE where @text is not UTF-8; there must not be more than 65,535 words */
gboolean trestle_report_words_intern (TrestleReportWords *self,
                                      const char *text,
                                      gsize length,
                                      guint16 *number);

/** trestle_report_words_pack: appends words and @n numbers @index */
void trestle_report_words_pack (TrestleReportWords *self,
                                GByteArray *out,
                                const guint16 *index,
                                guint n);

/** trestle_report_words_reset: forgets all */
void trestle_report_words_reset (TrestleReportWords *self);

/**
 * trestle_report_words_unpack:
 * @data: what trestle_report_words_pack() made of @n numbers; has to outlive @words
 * @index: (out) (transfer full): @n numbers
 * @words: (out) (transfer container): of @n_words
 *
 * Returns: whether @data is whole
 */
gboolean trestle_report_words_unpack (GBytes *data,
                                      guint n,
                                      guint16 **index,
                                      const char ***words,
                                      guint *n_words);

G_END_DECLS
