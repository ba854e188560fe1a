/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"

G_BEGIN_DECLS

/* Writes what a model makes of @text as members of the object that is open in @json. */
typedef void (*TrestlePracticeTextFunc) (const char *text,
                                         TrestlePracticeJson *json,
                                         gconstpointer user_data);

/**
 * TrestlePracticeTexts:
 * @texts: (element-type utf8): the texts, at least one
 * @single: whether one text was sent by itself, so that its answer stands by itself too
 */
typedef struct
{
  GPtrArray *texts;
  gboolean single;
} TrestlePracticeTexts;

gboolean trestle_practice_texts_read (TrestlePracticeRequest *request,
                                      gboolean by_line,
                                      guint max_chars,
                                      TrestlePracticeTexts *texts,
                                      TrestlePracticeAnswer **error);
void trestle_practice_texts_clear (TrestlePracticeTexts *self);
TrestlePracticeAnswer *trestle_practice_texts_write (TrestlePracticeRequest *request,
                                                     const TrestlePracticeTexts *texts,
                                                     TrestlePracticeTextFunc func,
                                                     gconstpointer user_data);
TrestlePracticeAnswer *trestle_practice_texts_answer (TrestlePracticeRequest *request,
                                                      gboolean by_line,
                                                      guint max_chars,
                                                      TrestlePracticeTextFunc func,
                                                      gconstpointer user_data);
GStrv trestle_practice_texts_words (const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestlePracticeTexts, trestle_practice_texts_clear)

G_END_DECLS
