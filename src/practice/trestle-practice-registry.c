/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-registry.h"

#include <string.h>

#include "practice/trestle-practice-world.h"

#define OWNER "444455556666"

static const TrestlePracticeImage images[] = {
  { "blobs", "1", "blobs", TRUE, 0, 0, 2, 7, 231640118 },
  { "broken", "1", "", FALSE, 0, 0, 1, 4, 198220467 },
  { "iris", "1", "iris", TRUE, 0, 0, 1, 3, 187014522 },
  { "palette", "1", "palette", TRUE, 0, 0, 0, 5, 204911873 },
  { "pitch", "1", "pitch", TRUE, 0, 0, 2, 6, 219508240 },
  { "slow", "1", "slow", TRUE, 0, 0, 0, 2, 176390051 },
  { "vulnerable", "1", "blobs", TRUE, 2, 5, 11, 19, 612077390 },
};

const TrestlePracticeImage *
trestle_practice_registry_images (const char *account, guint *n)
{
  gboolean owner = g_strcmp0 (account, OWNER) == 0;

  *n = owner ? G_N_ELEMENTS (images) : 0;
  return owner ? images : NULL;
}

char *
trestle_practice_registry_dup_digest (const char *account, const char *repository, const char *tag)
{
  g_autofree char *text = g_strdup_printf ("%s/%s:%s", account, repository, tag);
  g_autofree char *hex = trestle_practice_derive (text, TRESTLE_PRACTICE_HEX, 64);

  return g_strconcat ("sha256:", hex, NULL);
}

char *
trestle_practice_image_dup_findings (const TrestlePracticeImage *self)
{
  if (self->critical + self->high == 0)
    return NULL;
  return g_strdup_printf (
      "The scan of image %s:%s found %u vulnerabilities of severity CRITICAL and"
      " %u of severity HIGH. Images with critical or high vulnerabilities cannot"
      " be listed in AWS Marketplace.",
      self->repository, self->tag, self->critical, self->high);
}

void
trestle_practice_image_name_clear (TrestlePracticeImageName *self)
{
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->region, g_free);
  g_clear_pointer (&self->repository, g_free);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->digest, g_free);
}

gboolean
trestle_practice_image_name_parse (TrestlePracticeImageName *self, const char *image)
{
  static const char middle[] = ".dkr.ecr.";
  static const char end[] = ".amazonaws.com";
  const char *slash = image != NULL ? strchr (image, '/') : NULL;
  g_autofree char *host = slash != NULL ? g_strndup (image, (gsize) (slash - image)) : NULL;
  const char *rest = slash != NULL ? slash + 1 : NULL;
  gsize length;

  trestle_practice_image_name_clear (self);
  if (host == NULL || strspn (host, "0123456789") != 12 || !g_str_has_prefix (host + 12, middle)
      || !g_str_has_suffix (host, end) || strlen (host) <= 12 + strlen (middle) + strlen (end))
    return FALSE;
  length = strcspn (rest, ":@");
  if (length == 0)
    return FALSE;
  self->account = g_strndup (host, 12);
  self->region = g_strndup (host + 12 + strlen (middle),
                            strlen (host) - 12 - strlen (middle) - strlen (end));
  self->repository = g_strndup (rest, length);
  rest += length;
  if (*rest == ':')
    {
      length = strcspn (rest + 1, "@");
      self->tag = g_strndup (rest + 1, length);
      rest += 1 + length;
    }
  if (*rest == '@')
    self->digest = g_ascii_strdown (rest + 1, -1);
  if (self->tag == NULL && self->digest == NULL)
    self->tag = g_strdup ("latest");
  return TRUE;
}

const TrestlePracticeImage *
trestle_practice_registry_find (const TrestlePracticeImageName *name)
{
  guint n;
  const TrestlePracticeImage *list = trestle_practice_registry_images (name->account, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *digest = trestle_practice_registry_dup_digest (
          name->account, list[i].repository, list[i].tag);

      if (g_str_equal (list[i].repository, name->repository)
          && (name->tag == NULL || g_str_equal (list[i].tag, name->tag))
          && (name->digest == NULL || g_str_equal (digest, name->digest)))
        return &list[i];
    }
  return NULL;
}
