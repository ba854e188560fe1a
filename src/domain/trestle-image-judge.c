/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-image-facts.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* ECR takes no larger layer, and an endpoint's start loads all of it. */
#define LARGE_IMAGE (10 * (gint64) 1000 * 1000 * 1000)

static TrestleContainerCheck *
pass (TrestleContainerCheckId id, const char *figure, const char *reason)
{
  return trestle_container_check_new (id, TRESTLE_CHECK_STATE_PASSED, NULL, figure, reason);
}

static TrestleContainerCheck *
fail (TrestleContainerCheckId id, const char *title, const char *figure, const char *reason)
{
  return trestle_container_check_new (id, TRESTLE_CHECK_STATE_FAILED, title, figure, reason);
}

static char *
join (GPtrArray *texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < texts->len; i++)
    g_strv_builder_add (builder, texts->pdata[i]);
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}

static TrestleContainerCheck *
judge_platform (TrestleImageFacts *self)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_PLATFORM;
  g_autofree char *all = join (self->platforms);

  if (self->platforms->len == 0)
    return NULL;
  if (self->attestations > 0)
    return fail (id, _ ("The image has attestations"), "unknown/unknown",
                 _ ("AWS does not take in an index with entries of unknown platform."));
  if (self->platforms->len > 1)
    return fail (id, _ ("The image is for several platforms"), NULL, all);
  if (!g_str_equal (self->platforms->pdata[0], "linux/amd64"))
    return fail (id, _ ("The image is for another platform"), self->platforms->pdata[0], NULL);
  return pass (id, NULL, NULL);
}

/* ["/bin/sh", "-c", "python serve.py"]: the argument and SIGTERM go to the shell. */
static gboolean
is_shell_form (char **entry_point)
{
  return g_strv_length (entry_point) >= 3 && g_str_has_suffix (entry_point[0], "sh")
         && g_str_equal (entry_point[1], "-c");
}

static TrestleContainerCheck *
judge_entry_point (TrestleImageFacts *self)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_ENTRY_POINT;

  if (self->entry_point == NULL || self->entry_point[0] == NULL)
    return fail (id, _ ("The image has no entry point"), NULL,
                 _ ("It works only where a program named “serve” is in the path: SageMaker’s "
                    "argument takes the place of CMD."));
  if (is_shell_form (self->entry_point))
    return fail (id, _ ("The entry point is in shell form"), NULL,
                 _ ("The shell gets the argument “serve” and SIGTERM, and the program neither."));
  return pass (id, _ ("exec form"), NULL);
}

static TrestleContainerCheck *
judge_ports (TrestleImageFacts *self)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_PORTS;
  g_autofree char *all = self->ports != NULL ? g_strjoinv (", ", self->ports) : NULL;

  for (guint i = 0; self->ports != NULL && self->ports[i] != NULL; i++)
    if (!g_str_equal (self->ports[i], "8080/tcp") && !g_str_equal (self->ports[i], "8080"))
      return fail (id, _ ("Exposes other ports than 8080"), all, NULL);
  return pass (id, all != NULL && *all != '\0' ? all : _ ("none"), NULL);
}

static TrestleContainerCheck *
judge_size (TrestleImageFacts *self)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_IMAGE_SIZE;
  g_autofree char *size = NULL;
  g_autofree char *layers = NULL;

  if (self->size < 0)
    return NULL;
  size = g_format_size ((guint64) self->size);
  if (self->layers >= 0)
    layers = g_strdup_printf (ngettext ("%d layer", "%d layers", (gulong) self->layers),
                              (int) self->layers);
  if (self->size > LARGE_IMAGE)
    return fail (id, _ ("The image is large"), size,
                 _ ("Every start of an endpoint waits until it is loaded."));
  return pass (id, size, layers);
}

static TrestleContainerCheck *
judge_found (TrestleImageFacts *self,
             TrestleContainerCheckId id,
             GPtrArray *list,
             const char *title)
{
  g_autofree char *all = join (list);
  g_autofree char *count = g_strdup_printf (ngettext ("%u place", "%u places", list->len),
                                            list->len);

  return list->len > 0 ? fail (id, title, count, all) : pass (id, NULL, self->unread);
}

TrestleContainerCheck *
trestle_image_facts_judge (TrestleImageFacts *self, TrestleContainerCheckId id)
{
  switch ((int) id)
    {
    case TRESTLE_CHECK_PLATFORM:
      return judge_platform (self);
    case TRESTLE_CHECK_ENTRY_POINT:
      return judge_entry_point (self);
    case TRESTLE_CHECK_PORTS:
      return judge_ports (self);
    case TRESTLE_CHECK_IMAGE_SIZE:
      return judge_size (self);
    case TRESTLE_CHECK_CREDENTIALS:
      return judge_found (self, id, self->secrets, _ ("Credentials are in the image"));
    case TRESTLE_CHECK_WEIGHTS:
      return self->unread == NULL
                 ? judge_found (self, id, self->weights, _ ("Weights are in the image"))
                 : NULL;
    case TRESTLE_CHECK_ARCHIVE:
      return self->unread == NULL
                 ? judge_found (self, id, self->strays, _ ("Archive members leave their folder"))
                 : NULL;
    default:
      return NULL;
    }
}
