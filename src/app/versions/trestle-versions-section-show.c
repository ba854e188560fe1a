/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-versions-section-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-draft-versions.h"
#include "domain/trestle-finding.h"
#include "versions/trestle-version-words.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"

/* The parts of the form: the list whose length stands in the toggle, and the fields that are in it. */
static const struct
{
  const char *name;
  const char *title;
  const char *list;
  const char *members[5];
} parts[] = {
  { "about",
    N_ ("About"),
    NULL,
    { "VersionTitle", "ReleaseNotes", "UsageInstructions", "SampleNotebookUrl", NULL } },
  { "attributes",
    N_ ("Attributes"),
    "InputProperties.SageMakerCustomAttributes",
    { "InputProperties.SageMakerCustomAttributes", NULL } },
  { "input", N_ ("Input"), "InputProperties.Parameters", { "InputProperties", NULL } },
  { "output", N_ ("Output"), "OutputProperties.Parameters", { "OutputProperties", NULL } },
  { "instances", N_ ("Instances"), NULL, { "RecommendedInstanceTypes", NULL } },
};

const char *
trestle_versions_section_find_part (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint k = 0; parts[i].members[k] != NULL; k++)
      if (g_str_has_prefix (member, parts[i].members[k]))
        return parts[i].name;
  return "about";
}

static TrestleDraft *
get_draft (TrestleVersionsSection *self)
{
  return trestle_open_draft_get_draft (self->open_draft);
}

/* --- Instances ------------------------------------------------------------------------------ */

static const char *
recommended_member (TrestleVersionsSection *self, gpointer row)
{
  return row == self->realtime_row ? "RecommendedInstanceTypes.RealtimeInference"
         : row == self->batch_row  ? "RecommendedInstanceTypes.BatchTransform"
                                   : "RecommendedInstanceTypes.Training";
}

void
trestle_versions_section_recommend (AdwComboRow *row,
                                    GParamSpec *pspec,
                                    TrestleVersionsSection *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (row);
  g_autofree char *path = NULL;

  if (self->updating || chosen == NULL)
    return;
  path = trestle_version_dup_path (self->index, recommended_member (self, row));
  /* the row must not get another list while it tells of the choice */
  self->updating = TRUE;
  trestle_draft_set_text (get_draft (self), path, gtk_string_object_get_string (chosen));
  self->updating = FALSE;
}

static gboolean
is_same (GListModel *one, GListModel *other)
{
  guint n = one != NULL ? g_list_model_get_n_items (one) : 0;
  gboolean same = one != NULL && n == g_list_model_get_n_items (other);

  for (guint i = 0; same && i < n; i++)
    same = g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (one), i),
                        gtk_string_list_get_string (GTK_STRING_LIST (other), i));
  return same;
}

static void
fill_types (TrestleVersionsSection *self, AdwComboRow *row, const char *const *types)
{
  g_autofree char *path = trestle_version_dup_path (self->index, recommended_member (self, row));
  const char *now = trestle_draft_get_text (get_draft (self), path);
  g_autoptr (GtkStringList) list = gtk_string_list_new (types);
  guint selected = GTK_INVALID_LIST_POSITION;

  /* What the draft has is shown, whether the package supports it or not: the linter tells. */
  if (*now != '\0' && (types == NULL || !g_strv_contains (types, now)))
    gtk_string_list_append (list, now);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), now))
      selected = i;
  if (!is_same (adw_combo_row_get_model (row), G_LIST_MODEL (list)))
    adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
  gtk_widget_set_visible (GTK_WIDGET (row), g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
update_chooser (TrestleVersionsSection *self)
{
  guint n = trestle_draft_get_length (get_draft (self), "Versions");
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->chooser));

  /* Only what is different, or the list would jump while a title is typed. */
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = trestle_version_dup_label (get_draft (self), i);
      const char *const one[] = { label, NULL };
      const char *old = gtk_string_list_get_string (list, i);

      if (old == NULL)
        gtk_string_list_append (list, label);
      else if (!g_str_equal (old, label))
        gtk_string_list_splice (list, i, 1, one);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) > n)
    gtk_string_list_remove (list, n);
  gtk_drop_down_set_selected (self->chooser, n > 0 ? self->index : GTK_INVALID_LIST_POSITION);
}

static void
update_package_finding (TrestleVersionsSection *self)
{
  GListModel *findings = trestle_open_draft_get_findings (self->open_draft);
  g_autofree char *model = trestle_version_dup_path (self->index, "SageMakerModelPackageArn");
  g_autofree char *algorithm = trestle_version_dup_path (self->index, "SageMakerAlgorithmArn");

  trestle_finding_strip_set_finding (self->package_strip, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);
      const char *field = trestle_finding_get_field (finding);

      if (g_strcmp0 (field, model) != 0 && g_strcmp0 (field, algorithm) != 0)
        continue;
      trestle_finding_strip_set_finding (self->package_strip, finding);
      return;
    }
}

static void
update_package (TrestleVersionsSection *self)
{
  const char *arn = trestle_draft_get_version_arn (get_draft (self), self->index);
  const char *slash = strrchr (arn, '/');
  gboolean live = trestle_version_is_live (get_draft (self), self->index);
  TrestlePackage *package = self->package;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->package_row),
                                 *arn == '\0'    ? _ ("No Package")
                                 : slash != NULL ? slash + 1
                                                 : arn);
  adw_action_row_set_subtitle (self->package_row, arn);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->package_row), arn);
  if (package == NULL)
    trestle_badge_set (self->certified_badge, NULL, TRESTLE_TONE_PLAIN);
  else if (trestle_package_get_certified (package))
    {
      g_autofree char *day = trestle_format_day (trestle_package_get_created (package));
      g_autofree char *text = g_strdup_printf (_ ("Certified · %s"), day);

      trestle_badge_set (self->certified_badge, text, TRESTLE_TONE_SUCCESS);
    }
  else
    trestle_badge_set (self->certified_badge, _ ("Not certified"), TRESTLE_TONE_ERROR);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "versions.change", !live);
  gtk_widget_set_tooltip_text (
      self->change_button,
      live ? _ ("The package of a version that AWS has is final: make a new version") : NULL);
  g_object_set (self->role_row, "editable", !live, NULL);
  fill_types (self, self->realtime_row,
              package != NULL ? trestle_package_get_realtime_types (package) : NULL);
  fill_types (self, self->batch_row,
              package != NULL ? trestle_package_get_transform_types (package) : NULL);
  fill_types (self, self->training_row,
              package != NULL ? trestle_package_get_training_types (package) : NULL);
  update_package_finding (self);
}

static void
update_parts (TrestleVersionsSection *self)
{
  GListModel *findings = trestle_open_draft_get_findings (self->open_draft);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->parts, parts[i].name);
      g_autofree char *title = trestle_version_dup_title (get_draft (self), self->index,
                                                          _ (parts[i].title), parts[i].list);
      gboolean bad = trestle_version_has_error (findings, self->index, parts[i].members);

      adw_toggle_set_label (toggle, title);
      adw_toggle_set_icon_name (toggle, bad ? "dialog-error-symbolic" : NULL);
      adw_toggle_set_tooltip (toggle, bad ? _ ("There is an error in it") : "");
    }
}

static void
update_restriction (TrestleVersionsSection *self)
{
  TrestleDraft *base = trestle_open_draft_get_base (self->open_draft);
  g_autofree char *path = trestle_version_dup_path (self->index, "Restricted");
  const char *bar = trestle_version_get_bar (get_draft (self), base, self->index);
  gboolean live = trestle_version_is_live (get_draft (self), self->index);

  gtk_widget_set_visible (GTK_WIDGET (self->restrict_row), live);
  gtk_widget_set_visible (self->remove_row, !live);
  adw_switch_row_set_active (self->restrict_row, trestle_draft_get_bool (get_draft (self), path));
  gtk_widget_set_sensitive (GTK_WIDGET (self->restrict_row), bar == NULL);
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->restrict_row),
      bar != NULL ? bar : _ ("New buyers cannot choose it any more; those who have it keep it"));
}

void
trestle_versions_section_update (TrestleVersionsSection *self)
{
  guint n = trestle_draft_get_length (get_draft (self), "Versions");
  g_autofree char *summary = trestle_version_dup_summary (get_draft (self));

  if (self->updating)
    return;
  self->updating = TRUE;
  gtk_stack_set_visible_child_name (self->whole, n > 0 ? "content" : "empty");
  gtk_label_set_label (self->summary, summary);
  if (n > 0)
    {
      self->index = MIN (self->index, n - 1);
      update_chooser (self);
      update_package (self);
      update_parts (self);
      update_restriction (self);
    }
  self->updating = FALSE;
}
