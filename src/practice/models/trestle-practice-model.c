/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-model.h"

#include "practice/models/trestle-practice-engines.h"

/**
 * trestle_practice_answer_new:
 * @status: an HTTP status
 * @body: (transfer full): the answer's body
 * @content_type: its content type
 *
 * Returns: (transfer full): an answer that counts as one inference
 */
TrestlePracticeAnswer *
trestle_practice_answer_new (int status, GBytes *body, const char *content_type)
{
  TrestlePracticeAnswer *self = g_new0 (TrestlePracticeAnswer, 1);

  self->status = status;
  self->body = body;
  self->content_type = g_strdup (content_type);
  self->units = 1;

  return self;
}

/**
 * trestle_practice_answer_free:
 * @self: (transfer full) (nullable): an answer
 */
void
trestle_practice_answer_free (TrestlePracticeAnswer *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->custom_attributes);
  g_free (self);
}

static const TrestlePracticeModel *const models[] = {
  &trestle_practice_model_iris,     &trestle_practice_model_palette,
  &trestle_practice_model_pitch,    &trestle_practice_model_blobs,
  &trestle_practice_model_vehicles, &trestle_practice_model_denoise,
  &trestle_practice_model_edges,    &trestle_practice_model_sentiment,
  &trestle_practice_model_language, &trestle_practice_model_embed,
  &trestle_practice_model_keywords, &trestle_practice_model_redact,
  &trestle_practice_model_forecast, &trestle_practice_model_anomaly,
  &trestle_practice_model_cluster,  &trestle_practice_model_failing,
  &trestle_practice_model_slow,
};

/**
 * trestle_practice_models:
 * @n: (out) (optional): their number
 *
 * Returns: (transfer none): all models of the practice account
 */
const TrestlePracticeModel *const *
trestle_practice_models (guint *n)
{
  if (n != NULL)
    *n = G_N_ELEMENTS (models);

  return models;
}

/**
 * trestle_practice_model_lookup:
 * @id: a model's id, such as `iris`
 *
 * Returns: (transfer none) (nullable): the model, or %NULL if there is none of that id
 */
const TrestlePracticeModel *
trestle_practice_model_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      if (g_str_equal (models[i]->id, id))
        return models[i];
    }

  return NULL;
}
