/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-container-report.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-container-check.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-container-table.h"
#include "domain/trestle-enum-types.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* A report that somebody kept has a few dozen checks and some hundred pings. */
#define MOST_ROWS 10000

static const char *
nick_of (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *entry = g_enum_get_value (klass, value);

  return entry != NULL ? entry->value_nick : "";
}

static int
value_of (GType type, const char *nick, int otherwise)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *entry = nick != NULL ? g_enum_get_value_by_nick (klass, nick) : NULL;

  return entry != NULL ? entry->value : otherwise;
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
set_number (JsonObject *object, const char *name, gint64 number)
{
  if (number >= 0)
    json_object_set_int_member (object, name, number);
}

/* Whole ones: what takes less than one took one. */
static void
set_msec (JsonObject *object, const char *name, gint64 usec)
{
  set_number (object, name, usec < 0 ? -1 : (usec + 999) / 1000);
}

static JsonObject *
figures (TrestleContainerResult *self)
{
  JsonObject *o = json_object_new ();

  set_msec (o, "ready_ms", trestle_container_result_get_ready (self));
  set_msec (o, "slowest_ping_ms", trestle_container_slowest_ping (self));
  set_msec (o, "call_median_ms", trestle_container_result_get_call_median (self));
  set_msec (o, "call_p95_ms", trestle_container_result_get_call_p95 (self));
  set_msec (o, "stop_ms", trestle_container_result_get_stop_time (self));
  set_number (o, "image_bytes", trestle_container_result_get_image_size (self));
  set_number (o, "image_layers", trestle_container_result_get_image_layers (self));
  set_number (o, "memory_peak_bytes", trestle_container_result_get_memory_peak (self));
  return o;
}

static JsonObject *
check_object (TrestleContainerCheck *check)
{
  JsonObject *o = json_object_new ();

  set_text (o, "id", trestle_container_check_get_id (check));
  set_text (o, "title", trestle_container_check_get_title (check));
  set_text (o, "state",
            nick_of (TRESTLE_TYPE_CHECK_STATE, (int) trestle_container_check_get_state (check)));
  set_text (o, "severity",
            nick_of (TRESTLE_TYPE_SEVERITY, (int) trestle_container_check_get_severity (check)));
  set_text (o, "figure", trestle_container_check_get_figure (check));
  set_text (o, "reason", trestle_container_check_get_reason (check));
  set_text (o, "remedy", trestle_container_check_get_remedy (check));
  return o;
}

static JsonObject *
ping_object (TrestleContainerPing *ping)
{
  JsonObject *o = json_object_new ();

  set_msec (o, "at_ms", trestle_container_ping_get_at (ping));
  set_msec (o, "latency_ms", trestle_container_ping_get_latency (ping));
  json_object_set_int_member (o, "status", trestle_container_ping_get_status (ping));
  set_text (o, "phase", trestle_container_ping_get_phase (ping));
  return o;
}

JsonNode *
trestle_container_result_to_json (TrestleContainerResult *self)
{
  GListModel *checks = trestle_container_result_get_checks (self);
  GListModel *pings = trestle_container_result_get_pings (self);
  g_autofree char *started = trestle_clock_format_iso (trestle_container_result_get_started (self));
  JsonArray *check_array = json_array_new (), *ping_array = json_array_new ();
  JsonObject *o = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);

      json_array_add_object_element (check_array, check_object (check));
    }
  for (guint i = 0; i < g_list_model_get_n_items (pings); i++)
    {
      g_autoptr (TrestleContainerPing) ping = g_list_model_get_item (pings, i);

      json_array_add_object_element (ping_array, ping_object (ping));
    }
  set_text (o, "target", trestle_container_result_get_target (self));
  set_text (o, "result", trestle_container_verdict_nick (trestle_container_verdict (self)));
  json_object_set_boolean_member (o, "stopped", trestle_container_result_get_stopped (self));
  set_text (o, "engine", trestle_container_result_get_engine (self));
  set_text (o, "started", started);
  set_msec (o, "duration_ms", trestle_container_result_get_duration (self));
  json_object_set_object_member (o, "figures", figures (self));
  json_object_set_array_member (o, "checks", check_array);
  json_object_set_array_member (o, "pings", ping_array);
  json_node_take_object (node, o);
  return node;
}

static gint64
usec_or (TrestleJson at, const char *name, gint64 otherwise)
{
  gint64 msec = trestle_json_int_or (at, name, -1);

  return msec >= 0 && msec < G_MAXINT64 / 1000 ? msec * 1000 : otherwise;
}

static GListModel *
read_checks (TrestleJson at)
{
  GListStore *list = g_list_store_new (TRESTLE_TYPE_CONTAINER_CHECK);

  for (guint i = 0; i < MIN (trestle_json_length (at), MOST_ROWS); i++)
    {
      TrestleJson item = trestle_json_element (at, i);
      g_autoptr (TrestleContainerCheck) check = g_object_new (
          TRESTLE_TYPE_CONTAINER_CHECK, "id", trestle_json_string (item, "id"), "title",
          trestle_json_string (item, "title"), "state",
          value_of (TRESTLE_TYPE_CHECK_STATE, trestle_json_string (item, "state"),
                    TRESTLE_CHECK_STATE_SKIPPED),
          "severity",
          value_of (TRESTLE_TYPE_SEVERITY, trestle_json_string (item, "severity"),
                    TRESTLE_SEVERITY_ERROR),
          "figure", trestle_json_string_or (item, "figure", NULL), "reason",
          trestle_json_string_or (item, "reason", NULL), "remedy",
          trestle_json_string_or (item, "remedy", NULL), NULL);

      g_list_store_append (list, check);
    }
  return G_LIST_MODEL (list);
}

static GListModel *
read_pings (TrestleJson at)
{
  GListStore *list = g_list_store_new (TRESTLE_TYPE_CONTAINER_PING);

  for (guint i = 0; i < MIN (trestle_json_length (at), MOST_ROWS); i++)
    {
      TrestleJson item = trestle_json_element (at, i);
      g_autoptr (TrestleContainerPing) ping = g_object_new (
          TRESTLE_TYPE_CONTAINER_PING, "at", usec_or (item, "at_ms", 0), "latency",
          usec_or (item, "latency_ms", 0), "status", trestle_json_int_or (item, "status", 0),
          "phase", trestle_json_string_or (item, "phase", "idle"), NULL);

      g_list_store_append (list, ping);
    }
  return G_LIST_MODEL (list);
}

TrestleContainerResult *
trestle_container_result_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (text, length, error);
  g_autoptr (GListModel) checks = NULL;
  g_autoptr (GListModel) pings = NULL;
  g_autoptr (TrestleContainerResult) self = NULL;
  TrestleJson root, at;

  if (doc == NULL)
    return NULL;
  root = trestle_json_root (doc);
  at = trestle_json_member (root, "figures");
  checks = read_checks (trestle_json_member (root, "checks"));
  pings = read_pings (trestle_json_member (root, "pings"));
  self = g_object_new (
      TRESTLE_TYPE_CONTAINER_RESULT, "target", trestle_json_string (root, "target"), "engine",
      trestle_json_string_or (root, "engine", NULL), "started",
      trestle_json_time_or (root, "started", 0), "duration", usec_or (root, "duration_ms", 0),
      "stopped", trestle_json_bool_or (root, "stopped", FALSE), "checks", checks, "pings", pings,
      "ready", usec_or (at, "ready_ms", -1), "call-median", usec_or (at, "call_median_ms", -1),
      "call-p95", usec_or (at, "call_p95_ms", -1), "stop-time", usec_or (at, "stop_ms", -1),
      "image-size", trestle_json_int_or (at, "image_bytes", -1), "image-layers",
      trestle_json_int_or (at, "image_layers", -1), "memory-peak",
      trestle_json_int_or (at, "memory_peak_bytes", -1), NULL);
  return trestle_json_doc_check (doc, error) ? g_steal_pointer (&self) : NULL;
}

char *
trestle_container_result_summary (TrestleContainerResult *self)
{
  TrestleContainerCount count;
  g_autoptr (GString) text = g_string_new (NULL);

  trestle_container_count (trestle_container_result_get_checks (self), &count);
  g_string_append_printf (text, ngettext ("%u passed", "%u passed", count.passed), count.passed);
  g_string_append_printf (text, ngettext (", %u failed", ", %u failed", count.errors),
                          count.errors);
  g_string_append_printf (text, ngettext (", %u warning", ", %u warnings", count.warnings),
                          count.warnings);
  g_string_append_printf (text, ngettext (", %u skipped", ", %u skipped", count.skipped),
                          count.skipped);
  if (count.waiting > 0)
    g_string_append_printf (text, ngettext (", %u not run", ", %u not run", count.waiting),
                            count.waiting);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a container answered may hold anything; in a report it is text. */
static void
append_escaped (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("\\`*_[]<>|#&", *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p == '\n' || *p == '\r' ? ' ' : *p);
    }
}

static void
append_section (GString *out,
                GListModel *checks,
                const char *heading,
                TrestleCheckState state,
                gboolean errors)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);
      const char *const parts[] = { trestle_container_check_get_figure (check),
                                    trestle_container_check_get_reason (check),
                                    trestle_container_check_get_remedy (check) };

      if (trestle_container_check_get_state (check) != state
          || (state == TRESTLE_CHECK_STATE_FAILED
              && errors
                     != (trestle_container_check_get_severity (check) == TRESTLE_SEVERITY_ERROR)))
        continue;
      if (!begun)
        g_string_append_printf (out, "\n## %s\n\n", heading);
      begun = TRUE;
      g_string_append (out, "- **");
      append_escaped (out, trestle_container_check_get_title (check));
      g_string_append (out, "**");
      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        if (parts[j] != NULL)
          {
            g_string_append (out, j == 0 ? " · " : "  \n  ");
            append_escaped (out, parts[j]);
          }
      g_string_append_c (out, '\n');
    }
}

static void
append_figure (GString *out, const char *name, gint64 usec)
{
  g_autofree char *time = trestle_container_format_time (usec);

  if (usec >= 0)
    g_string_append_printf (out, "- %s: %s\n", name, time);
}

char *
trestle_container_result_to_markdown (TrestleContainerResult *self)
{
  GListModel *checks = trestle_container_result_get_checks (self);
  GString *out = g_string_new (NULL);
  g_autofree char *summary = trestle_container_result_summary (self);
  g_autofree char *started = trestle_clock_format_iso (trestle_container_result_get_started (self));

  g_string_append_printf (out, "# %s\n\n", _ ("Container Check"));
  append_escaped (out, trestle_container_result_get_target (self));
  if (trestle_container_result_get_engine (self) != NULL)
    g_string_append_printf (out, " · %s", trestle_container_result_get_engine (self));
  g_string_append_printf (out, " · %s\n\n%s\n\n", started, summary);
  append_figure (out, _ ("Ready"), trestle_container_result_get_ready (self));
  append_figure (out, _ ("Slowest ping"), trestle_container_slowest_ping (self));
  append_figure (out, _ ("Call, median"), trestle_container_result_get_call_median (self));
  append_figure (out, _ ("Call, 95 of 100"), trestle_container_result_get_call_p95 (self));
  append_figure (out, _ ("Stop"), trestle_container_result_get_stop_time (self));
  append_section (out, checks, _ ("Failed"), TRESTLE_CHECK_STATE_FAILED, TRUE);
  append_section (out, checks, _ ("Warnings"), TRESTLE_CHECK_STATE_FAILED, FALSE);
  append_section (out, checks, _ ("Skipped"), TRESTLE_CHECK_STATE_SKIPPED, FALSE);
  append_section (out, checks, _ ("Passed"), TRESTLE_CHECK_STATE_PASSED, FALSE);
  return g_string_free (out, FALSE);
}
