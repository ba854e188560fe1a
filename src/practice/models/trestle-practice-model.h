/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeAnswer:
 * @status: the HTTP status the container answers with: 200, 4xx or 5xx
 * @body: the answer's body
 * @content_type: the answer's content type
 * @units: inferences to be metered (`X-Amzn-Inference-Metering`)
 * @custom_attributes: (nullable): `X-Amzn-SageMaker-Custom-Attributes` of the answer
 *
 * What a container of the practice account answers to `POST /invocations`.
 */
typedef struct
{
  int status;
  GBytes *body;
  char *content_type;
  guint units;
  char *custom_attributes;
} TrestlePracticeAnswer;

TrestlePracticeAnswer *
trestle_practice_answer_new (int status, GBytes *body, const char *content_type);
void trestle_practice_answer_free (TrestlePracticeAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeAnswer, trestle_practice_answer_free)

/**
 * TrestlePracticeInvoke:
 * @body: the request's body, any bytes
 * @content_type: (nullable): the request's content type; the model's first one if missing
 * @accept: (nullable): the content type wanted; the model's first one if missing
 * @custom_attributes: (nullable): `X-Amzn-SageMaker-Custom-Attributes`
 * @log_lines: (out) (optional): what the container writes to its log meanwhile
 *
 * Computes an answer. Does not block on anything but the CPU, keeps no state, and may be called
 * from any thread, several at once.
 *
 * Returns: (transfer full): the answer, never %NULL
 */
typedef TrestlePracticeAnswer *(*TrestlePracticeInvoke) (GBytes *body,
                                                         const char *content_type,
                                                         const char *accept,
                                                         const char *custom_attributes,
                                                         GStrv *log_lines);

/**
 * TrestlePracticeModel:
 * @id: short name; also the name of the practice account's ECR repository of its image
 * @content_types: content types the model takes, %NULL-terminated, the default first
 * @accepts: content types the model answers with, %NULL-terminated, the default first
 * @samples: names of its sample inputs in `data/samples`, %NULL-terminated
 * @delay_ms: how long the caller is to wait before it hands the answer on, in milliseconds
 * @invoke: computes an answer
 *
 * One of the practice account's containers.
 */
typedef struct
{
  const char *id;
  const char *const *content_types;
  const char *const *accepts;
  const char *const *samples;
  guint delay_ms;
  TrestlePracticeInvoke invoke;
} TrestlePracticeModel;

const TrestlePracticeModel *trestle_practice_model_lookup (const char *id);
const TrestlePracticeModel *const *trestle_practice_models (guint *n);

G_END_DECLS
