/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-usage-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "widgets/trestle-widget.h"

/* A first line as short as this is taken for a heading. */
#define HEADING_MAX 40

struct _TrestleUsageCard
{
  GtkWidget parent_instance;

  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (TrestleUsageCard, trestle_usage_card, GTK_TYPE_WIDGET)

static AdwActionRow *
add_row (TrestleUsageCard *self, const char *heading, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), heading);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (self->rows, row);
  return ADW_ACTION_ROW (row);
}

/* "- name (required): what" → "• name (required): what" */
static char *
with_bullets (const char *body)
{
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "- "))
      {
        char *line = g_strconcat ("• ", lines[i] + 2, NULL);

        g_free (lines[i]);
        lines[i] = line;
      }
  return g_strjoinv ("\n", lines);
}

static gboolean
is_heading (const char *line, gsize length)
{
  return length > 0 && length <= HEADING_MAX && strchr (".:,;!?-", line[length - 1]) == NULL
         && line[0] != '-';
}

/* Paragraphs under one heading are in one row. */
static void
add_paragraph (TrestleUsageCard *self, const char *paragraph, AdwActionRow **last)
{
  const char *newline = strchr (paragraph, '\n');
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (newline != NULL && is_heading (paragraph, (gsize) (newline - paragraph)))
    {
      heading = g_strndup (paragraph, (gsize) (newline - paragraph));
      /* Samples have their own place on the page. */
      if (g_ascii_strncasecmp (heading, "sample", 6) == 0)
        return;
      body = with_bullets (newline + 1);
    }
  else
    body = with_bullets (paragraph);
  if (heading == NULL && *last != NULL)
    {
      g_autofree char *both = g_strconcat (adw_action_row_get_subtitle (*last), "\n\n", body, NULL);

      adw_action_row_set_subtitle (*last, both);
      return;
    }
  *last = add_row (self, heading != NULL ? heading : _ ("How to call it"), body);
}

void
trestle_usage_card_set_version (TrestleUsageCard *self, TrestleVersion *version)
{
  const char *text = version != NULL ? trestle_version_get_usage_instructions (version) : NULL;
  const char *const *takes = version != NULL ? trestle_version_get_content_types (version) : NULL;
  const char *const *answers = version != NULL ? trestle_version_get_response_types (version)
                                               : NULL;
  g_auto (GStrv) paragraphs = NULL;
  AdwActionRow *last = NULL;

  g_return_if_fail (TRESTLE_IS_USAGE_CARD (self));

  gtk_list_box_remove_all (self->rows);
  if (takes != NULL && takes[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (" · ", (char **) takes);

      add_row (self, _ ("Takes"), list);
    }
  if (answers != NULL && answers[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (" · ", (char **) answers);

      add_row (self, _ ("Answers with"), list);
    }
  if (text == NULL || *text == '\0')
    {
      if (gtk_list_box_get_row_at_index (self->rows, 0) == NULL)
        add_row (self, _ ("How to call it"), _ ("The seller says nothing about it here."));
      return;
    }

  paragraphs = g_strsplit (text, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*g_strstrip (paragraphs[i]) != '\0')
      add_paragraph (self, paragraphs[i], &last);
}

/* "image/png" → "Pictures" */
static const char *
family_of (const char *type)
{
  if (g_str_has_prefix (type, "image/"))
    return _ ("Pictures");
  if (g_str_has_prefix (type, "audio/"))
    return _ ("Sound");
  if (g_str_has_prefix (type, "video/"))
    return _ ("Video");
  if (strstr (type, "json") != NULL)
    return _ ("JSON");
  if (g_str_equal (type, "text/csv"))
    return _ ("Tables");
  return g_str_has_prefix (type, "text/") ? _ ("Text") : _ ("Files");
}

/* The first content type that @text names. */
static char *
find_type (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (
      "\\b(image|audio|video|text|application)/[a-z0-9.+-]*[a-z0-9]", G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return text != NULL && g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0)
                                                                : NULL;
}

char *
trestle_usage_card_dup_summary (TrestleVersion *version)
{
  const char *const *takes = trestle_version_get_content_types (version);
  const char *const *answers = trestle_version_get_response_types (version);
  const char *text = trestle_version_get_usage_instructions (version);
  const char *input = text != NULL ? strstr (text, "\nInput\n") : NULL;
  const char *output = text != NULL ? strstr (text, "\nOutput\n") : NULL;
  g_autofree char *in = takes != NULL && takes[0] != NULL ? g_strdup (takes[0]) : find_type (input);
  g_autofree char *out = answers != NULL && answers[0] != NULL ? g_strdup (answers[0])
                                                               : find_type (output);

  if (in == NULL || out == NULL)
    return NULL;
  /* Translators: what goes in and what comes out, "Pictures in, JSON out" */
  return g_strdup_printf (_ ("%s in, %s out"), family_of (in), family_of (out));
}

static void
trestle_usage_card_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_USAGE_CARD);
  G_OBJECT_CLASS (trestle_usage_card_parent_class)->dispose (object);
}

static void
trestle_usage_card_class_init (TrestleUsageCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_usage_card_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-usage-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleUsageCard, rows);
}

static void
trestle_usage_card_init (TrestleUsageCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
