/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/models/trestle-practice-model.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeRequest:
 * @model: who is asked
 * @data: (array length=size): the body
 * @size: its length in bytes
 * @type: which of the model's content types the body has
 * @accept: which of the model's answers is wanted
 * @any_accept: whether the caller left the answer's type open
 *
 * A request as an engine sees it, its content types already settled.
 */
typedef struct _TrestlePracticeRequest TrestlePracticeRequest;

struct _TrestlePracticeRequest
{
  const TrestlePracticeModel *model;
  const guint8 *data;
  gsize size;
  const char *type;
  const char *accept;
  gboolean any_accept;

  /*< private >*/
  GHashTable *attributes;
  GStrvBuilder *log;
};

typedef TrestlePracticeAnswer *(*TrestlePracticeEngine) (TrestlePracticeRequest *request);

TrestlePracticeAnswer *trestle_practice_request_run (const TrestlePracticeModel *model,
                                                     TrestlePracticeEngine engine,
                                                     GBytes *body,
                                                     const char *content_type,
                                                     const char *accept,
                                                     const char *attributes,
                                                     GStrv *log_lines);

void trestle_practice_request_log (TrestlePracticeRequest *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
TrestlePracticeAnswer *
trestle_practice_request_error (TrestlePracticeRequest *self, int status, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
const char *trestle_practice_request_attribute (TrestlePracticeRequest *self, const char *name);
gboolean trestle_practice_request_choice (TrestlePracticeRequest *self,
                                          const char *name,
                                          const char *const *values,
                                          guint *chosen,
                                          TrestlePracticeAnswer **error);
gboolean trestle_practice_request_number (TrestlePracticeRequest *self,
                                          const char *name,
                                          double lowest,
                                          double highest,
                                          double *value,
                                          TrestlePracticeAnswer **error);
char *trestle_practice_request_text (TrestlePracticeRequest *self, TrestlePracticeAnswer **error);

G_END_DECLS
