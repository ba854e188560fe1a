/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-review-later.h"

#include <glib/gi18n.h>

#include "domain/trestle-difference.h"
#include "domain/trestle-draft-versions.h"
#include "editor/trestle-review-code.h"

const char *const *
trestle_review_later_get (TrestleChangeSet *changes)
{
  static const char *const none[] = { NULL };
  const char *const *later = changes != NULL ? trestle_change_set_get_later (changes) : NULL;

  return later != NULL ? later : none;
}

void
trestle_review_later_show (TrestleFindingStrip *strip, TrestleChangeSet *changes)
{
  const char *const *later = trestle_review_later_get (changes);
  guint n = g_strv_length ((char **) later);
  g_autofree char *lines = g_strjoinv ("\n", (char **) later);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (NULL, "%u change waits for the next change set.",
                   "%u changes wait for the next change set.", n),
      n);
  g_autofree char *body = g_strdup_printf ("%s\n%s", _ ("AWS takes one new version at a time:"),
                                           lines);

  trestle_finding_strip_set_words (strip, TRESTLE_TONE_ACCENT, n > 0 ? title : NULL, body);
}

/* Whether the version or the price at @path is not in @code, the request. */
static gboolean
is_later (TrestleDraft *draft, const char *code, const char *path)
{
  g_autofree char *element = g_strndup (path, strcspn (path, "]") + 1);
  g_autofree char *key = g_strconcat (element, ".DimensionKey", NULL);
  g_autofree char *option = g_strconcat (element, ".DeliveryOptionId", NULL);
  const char *identity = "";
  guint index;

  if (g_str_has_prefix (path, "Offer.RateCard["))
    identity = trestle_draft_get_text (draft, key);
  else if (sscanf (path, "Versions[%u]", &index) == 1)
    identity = trestle_draft_has (draft, option) ? trestle_draft_get_text (draft, option)
                                                 : trestle_draft_get_version_arn (draft, index);
  return strstr (code, identity) == NULL;
}

GPtrArray *
trestle_review_later_diff (TrestleOpenDraft *open_draft, TrestleChangeSet *changes)
{
  g_autoptr (GPtrArray) all = trestle_open_draft_diff (open_draft);
  g_autofree char *code = trestle_review_code_json (changes);
  GPtrArray *some = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (!is_later (trestle_open_draft_get_draft (open_draft), code,
                   trestle_difference_get_path (all->pdata[i])))
      g_ptr_array_add (some, g_object_ref (all->pdata[i]));
  return some;
}
