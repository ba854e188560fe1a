/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include "domain/trestle-container-rules.h"
#include "media/trestle-content-type.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What a container does with requests that nobody should send, and somebody will. */

#define PING_MSEC 20000
#define NO_PATH "/trestle-no-such-path"
#define NO_TYPE "application/x-trestle-no-such-type"

/* Neither text nor the beginning of any format. */
static const guint8 garbage[] = { 0xff, 0xfe, 0x00, 0x01, '{', '[', '"', 0xc3, 0x28, 0x00, '\n' };

gboolean
trestle_container_part_unknown_path (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_UNKNOWN_PATH;
  const TrestleLocalRequest request = {
    .method = "GET",
    .path = NO_PATH,
    .msec = PING_MSEC,
    .max_body = 16 * 1024 * 1024,
  };
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;

  trestle_container_begin (self, id);
  if (!trestle_container_call (self, &request, &reply, error))
    return FALSE;
  said = trestle_container_reply_said (&reply);
  if (trestle_container_reply_status (&reply) == 404)
    trestle_container_pass (self, id, NULL, NULL, NULL);
  else
    trestle_container_fail (
        self, id,
        reply.answer != NULL
            ? g_strdup_printf (_ ("Unknown path answered with %u"), reply.answer->status)
            : g_strdup (_ ("Unknown path not answered")),
        g_strdup (_ ("expected 404")), g_strdup_printf (_ ("GET %s %s."), NO_PATH, said));
  return TRUE;
}

static gboolean
is_refusal (const TrestleContainerReply *reply)
{
  guint status = trestle_container_reply_status (reply);

  return status >= 400 && status < 500;
}

gboolean
trestle_container_part_unsupported_type (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_UNSUPPORTED_TYPE;
  g_autoptr (GBytes) made_up = g_bytes_new_static (garbage, sizeof garbage);
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;

  trestle_container_begin (self, id);
  if (!trestle_container_invoke (self, NO_TYPE, self->good != NULL ? self->good->body : made_up,
                                 NULL, &reply, error))
    return FALSE;
  said = trestle_container_reply_said (&reply);
  if (is_refusal (&reply))
    trestle_container_pass (self, id, NULL, g_strdup_printf ("%u", reply.answer->status), NULL);
  else
    trestle_container_fail (
        self, id, g_strdup (_ ("A type it does not know is not refused")),
        g_strdup (_ ("expected 415")),
        g_strdup_printf (_ ("A request of %s: the container %s."), NO_TYPE, said));
  return TRUE;
}

/* A wrong input, and how it is called. */
typedef struct
{
  const char *name;
  GBytes *body;
} Wrong;

/* Half a sample is wrong only where the format knows its end. */
static GBytes *
truncated (TrestleContainerRun *self)
{
  TrestleContentFamily family;
  gsize size;

  if (self->good == NULL)
    return NULL;
  family = trestle_content_type_get_family (self->good->type);
  size = g_bytes_get_size (self->good->body);
  if (size < 2 || (family != TRESTLE_CONTENT_JSON && family != TRESTLE_CONTENT_PICTURE)
      || g_str_equal (trestle_content_type_get_extension (self->good->type), "jsonl"))
    return NULL;
  return g_bytes_new_from_bytes (self->good->body, 0, size / 2);
}

static gboolean
try_wrong (TrestleContainerRun *self,
           const Wrong *wrong,
           char **fault,
           guint *tried,
           GError **error)
{
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;

  if (wrong->body == NULL || *fault != NULL)
    return TRUE;
  if (!trestle_container_invoke (self, trestle_container_declared (self), wrong->body, NULL, &reply,
                                 error))
    return FALSE;
  ++*tried;
  said = trestle_container_reply_said (&reply);
  if (!is_refusal (&reply))
    *fault = g_strdup_printf (_ ("%s: the container %s."), wrong->name, said);
  else if (g_bytes_get_size (reply.answer->body) == 0)
    *fault = g_strdup_printf (_ ("%s: the container %s, without a word of why."), wrong->name,
                              said);
  return TRUE;
}

gboolean
trestle_container_part_invalid_input (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_INVALID_INPUT;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) nonsense = g_bytes_new_static (garbage, sizeof garbage);
  g_autoptr (GBytes) half = truncated (self);
  const Wrong wrongs[] = { { _ ("Empty input"), empty },
                           { _ ("Nonsense"), nonsense },
                           { _ ("Half a sample"), half } };
  g_autofree char *fault = NULL;
  guint tried = 0;

  trestle_container_begin (self, id);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    if (!try_wrong (self, &wrongs[i], &fault, &tried, error))
      return FALSE;
  if (fault != NULL)
    trestle_container_fail (self, id, g_strdup (_ ("Wrong input is not refused")),
                            g_strdup ("POST /invocations"), g_steal_pointer (&fault));
  else
    trestle_container_pass (self, id, NULL, g_strdup_printf (_ ("%u of %u"), tried, tried), NULL);
  return TRUE;
}

gboolean
trestle_container_part_recovery (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_RECOVERY;
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;

  trestle_container_begin (self, id);
  if (!trestle_container_ping (self, "idle", PING_MSEC, &reply, error))
    return FALSE;
  said = trestle_container_reply_said (&reply);
  if (trestle_container_reply_status (&reply) == 200)
    trestle_container_pass (self, id, NULL, trestle_container_format_time (reply.answer->latency),
                            NULL);
  else
    trestle_container_fail (self, id, g_strdup (_ ("Wrong input brings it down")), NULL,
                            g_strdup_printf (_ ("Afterwards /ping %s."), said));
  return TRUE;
}

gboolean
trestle_container_part_metering (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_METERING;

  if (self->metering_fault != NULL)
    trestle_container_fail (self, id, g_strdup (_ ("The metering header is wrong")), NULL,
                            g_strdup (self->metering_fault));
  else if (self->metered > 0 && self->unmetered > 0)
    trestle_container_fail (
        self, id, g_strdup (_ ("Some good answers are not metered")),
        g_strdup_printf (_ ("%u of %u"), self->metered, self->metered + self->unmetered),
        g_strdup (_ ("Those without the header count one unit each.")));
  else if (self->metered > 0)
    trestle_container_pass (
        self, id, NULL,
        g_strdup_printf (ngettext ("%u answer", "%u answers", self->metered), self->metered), NULL);
  else if (self->unmetered > 0 && trestle_container_plan_get_metered (self->plan))
    trestle_container_pass (self, id, g_strdup (_ ("One unit a call")), g_strdup (_ ("no header")),
                            g_strdup (_ ("Without a metering header each good answer counts one "
                                         "unit.")));
  else
    trestle_container_skip (self, id, g_strdup (_ ("It does not meter.")));
  return TRUE;
}
