/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-call-row.h"

#include <glib/gi18n.h>

#include "invoke/trestle-answer-node.h"
#include "invoke/trestle-latency-chart.h"
#include "media/trestle-content-type.h"
#include "widgets/trestle-format.h"

/* Answers above this are not parsed for the sake of one cell. */
#define SUMMARY_MAX (256 * 1024)

enum
{
  PROP_0,
  PROP_TIME,
  PROP_FILE,
  PROP_ANSWER,
  PROP_LATENCY,
  PROP_SENT,
  PROP_RECEIVED,
  PROP_UNITS,
  PROP_COST,
  PROP_STATE,
  PROP_STATE_TEXT,
  N_PROPS
};

struct _TrestleCallRow
{
  GObject parent_instance;

  TrestleInvocation *invocation;
  char *texts[N_PROPS];
};

G_DEFINE_FINAL_TYPE (TrestleCallRow, trestle_call_row, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

char *
trestle_call_row_summarise (TrestleInvocation *v)
{
  GBytes *body = trestle_invocation_get_body (v);
  const char *type = trestle_invocation_get_content_type (v);

  if (trestle_invocation_get_error_code (v) != NULL)
    return g_strdup (trestle_invocation_get_error_message (v));
  if (body != NULL && g_bytes_get_size (body) <= SUMMARY_MAX
      && trestle_content_type_get_family (type) == TRESTLE_CONTENT_JSON)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                      (gssize) g_bytes_get_size (body), NULL)
          && json_parser_get_root (parser) != NULL)
        return trestle_answer_summary (json_parser_get_root (parser));
    }
  return g_strdup (type ? type : "–");
}

TrestleCallRow *
trestle_call_row_new (TrestleInvocation *v, const char *answer)
{
  TrestleCallRow *self = g_object_new (TRESTLE_TYPE_CALL_ROW, NULL);
  gboolean sent = trestle_invocation_get_status (v) != 0;
  gboolean failed = trestle_invocation_get_error_code (v) != NULL;
  gboolean again = trestle_invocation_get_attempts (v) > 1;

  self->invocation = g_object_ref (v);
  self->texts[PROP_TIME] = trestle_format_clock (trestle_invocation_get_when (v), FALSE);
  self->texts[PROP_FILE] = g_strdup (trestle_invocation_get_file (v));
  self->texts[PROP_ANSWER] = answer ? g_strdup (answer) : trestle_call_row_summarise (v);
  self->texts[PROP_LATENCY] = sent ? trestle_latency_format (trestle_invocation_get_latency (v))
                                   : g_strdup ("–");
  self->texts[PROP_SENT] = sent ? g_format_size ((guint64) trestle_invocation_get_bytes_sent (v))
                                : g_strdup ("–");
  self->texts[PROP_RECEIVED] = sent ? g_format_size (
                                          (guint64) trestle_invocation_get_bytes_received (v))
                                    : g_strdup ("–");
  self->texts[PROP_UNITS] = sent && !failed ? g_strdup_printf ("%" G_GINT64_FORMAT,
                                                               trestle_invocation_get_units (v))
                                            : g_strdup ("–");
  self->texts[PROP_COST] = trestle_format_amount (trestle_invocation_get_cost (v));
  self->texts[PROP_STATE] = g_strdup (failed ? "error" : again ? "warning" : "success");
  self->texts[PROP_STATE_TEXT] = g_strdup (failed  ? (sent ? _ ("Failed") : _ ("Not sent"))
                                           : again ? _ ("Answered after another try")
                                                   : _ ("Answered"));
  return self;
}

TrestleInvocation *
trestle_call_row_get_invocation (TrestleCallRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_CALL_ROW (self), NULL);
  return self->invocation;
}

static void
trestle_call_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id > PROP_0 && id < N_PROPS)
    g_value_set_string (value, TRESTLE_CALL_ROW (object)->texts[id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_call_row_finalize (GObject *object)
{
  TrestleCallRow *self = TRESTLE_CALL_ROW (object);

  g_clear_object (&self->invocation);
  for (guint i = 0; i < N_PROPS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (trestle_call_row_parent_class)->finalize (object);
}

static void
trestle_call_row_class_init (TrestleCallRowClass *klass)
{
  static const char *const names[] = { [PROP_TIME] = "time",     [PROP_FILE] = "file",
                                       [PROP_ANSWER] = "answer", [PROP_LATENCY] = "latency",
                                       [PROP_SENT] = "sent",     [PROP_RECEIVED] = "received",
                                       [PROP_UNITS] = "units",   [PROP_COST] = "cost",
                                       [PROP_STATE] = "state",   [PROP_STATE_TEXT] = "state-text" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = trestle_call_row_get_property;
  object_class->finalize = trestle_call_row_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_call_row_init (TrestleCallRow *self)
{
}
