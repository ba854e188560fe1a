/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-versions-section-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-versions.h"
#include "domain/trestle-finding.h"
#include "versions/trestle-package-chooser.h"
#include "versions/trestle-parameter-list.h"
#include "versions/trestle-version-words.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-text.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleVersionsSection, trestle_versions_section, GTK_TYPE_WIDGET)

/* The form's rows and what of a version they show. */
static const struct
{
  const char *child;
  const char *member;
} rows[] = {
  { "title_row", "VersionTitle" },
  { "notes_row", "ReleaseNotes" },
  { "usage_row", "UsageInstructions" },
  { "notebook_row", "SampleNotebookUrl" },
  { "repository_row", "RepositoryUrl" },
  { "role_row", "AccessRoleArn" },
  { "input_row", "InputProperties.Description" },
  { "limitations_row", "InputProperties.Limitations" },
  { "input_parameters", "InputProperties.Parameters" },
  { "input_realtime_row", "InputProperties.SampleInput.RealtimeInferenceText" },
  { "input_realtime_url_row", "InputProperties.SampleInput.RealtimeInferenceUrl" },
  { "input_batch_row", "InputProperties.SampleInput.BatchTransformText" },
  { "input_batch_url_row", "InputProperties.SampleInput.BatchTransformUrl" },
  { "output_row", "OutputProperties.Description" },
  { "output_parameters", "OutputProperties.Parameters" },
  { "output_realtime_row", "OutputProperties.SampleOutput.RealtimeInferenceText" },
  { "output_realtime_url_row", "OutputProperties.SampleOutput.RealtimeInferenceUrl" },
  { "output_batch_row", "OutputProperties.SampleOutput.BatchTransformText" },
  { "output_batch_url_row", "OutputProperties.SampleOutput.BatchTransformUrl" },
  { "attributes", "InputProperties.SageMakerCustomAttributes" },
};

static TrestleDraft *
get_draft (TrestleVersionsSection *self)
{
  return trestle_open_draft_get_draft (self->open_draft);
}

/* --- Which version -------------------------------------------------------------------------- */

static void
on_described (gpointer owner, const GValue *value, const GError *error)
{
  TrestleVersionsSection *self = owner;

  /* Offline the ARN alone is shown. */
  if (error != NULL)
    return;
  g_set_object (&self->package, g_value_get_object (value));
  trestle_versions_section_update (self);
}

static void
load_package (TrestleVersionsSection *self)
{
  const char *arn = trestle_draft_get_version_arn (get_draft (self), self->index);

  if (self->package != NULL && g_strcmp0 (trestle_package_get_arn (self->package), arn) == 0)
    return;
  dex_clear (&self->describing);
  g_clear_object (&self->package);
  if (*arn != '\0')
    trestle_watch (self, &self->describing,
                   trestle_packages_describe (trestle_session_get_packages (self->session), arn),
                   on_described);
}

static void
show_version (TrestleVersionsSection *self, guint index)
{
  guint n = trestle_draft_get_length (get_draft (self), "Versions");

  self->index = n > 0 ? MIN (index, n - 1) : 0;
  load_package (self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GObject *row = gtk_widget_get_template_child (GTK_WIDGET (self),
                                                    TRESTLE_TYPE_VERSIONS_SECTION, rows[i].child);
      g_autofree char *path = trestle_version_dup_path (self->index, rows[i].member);

      g_object_set (row, "path", n > 0 ? path : NULL, NULL);
      /* which version it is of stands above */
      if (!TRESTLE_IS_PARAMETER_LIST (row))
        g_object_set (row, "caption", _ (trestle_draft_field_find (path)->label), NULL);
    }
  trestle_sample_group_set_version (self->samples, self->session, self->open_draft, self->index);
  trestle_versions_section_update (self);
}

static void
on_chosen (TrestleVersionsSection *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);

  if (!self->updating && self->open_draft != NULL && selected != GTK_INVALID_LIST_POSITION)
    show_version (self, selected);
}

static void
on_part (TrestleVersionsSection *self)
{
  gtk_stack_set_visible_child_name (self->stack, adw_toggle_group_get_active_name (self->parts));
}

void
trestle_versions_section_show (TrestleVersionsSection *self, const char *path)
{
  guint index = trestle_version_index_of (path);
  const char *rest = strchr (path, '.');

  g_return_if_fail (TRESTLE_IS_VERSIONS_SECTION (self));

  if (index == G_MAXUINT)
    return;
  show_version (self, index);
  adw_toggle_group_set_active_name (
      self->parts, trestle_versions_section_find_part (rest != NULL ? rest + 1 : ""));
}

/* A list that comes or goes moves the others. */
static void
on_draft_changed (TrestleVersionsSection *self, const char *path)
{
  if (*path == '\0' || g_str_equal (path, "Versions"))
    show_version (self, self->index);
  else if (g_str_has_prefix (path, "Versions["))
    {
      if (g_str_has_suffix (path, "Arn"))
        load_package (self);
      trestle_versions_section_update (self);
    }
}

/* --- What can be done ----------------------------------------------------------------------- */

/* The draft has to know what the package supports: it brings prices, and rules. */
static void
check_package (TrestleVersionsSection *self)
{
  trestle_future_report (trestle_open_draft_check (self->open_draft), "check the draft");
}

static void
on_new (TrestleVersionsSection *self, TrestlePackage *package)
{
  show_version (self, trestle_draft_add_version (get_draft (self), package));
  adw_toggle_group_set_active_name (self->parts, "about");
  check_package (self);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleVersionsSection *self = TRESTLE_VERSIONS_SECTION (widget);
  TrestlePackageChooser *chooser = trestle_package_chooser_new (
      self->session, get_draft (self), _ ("New Version"),
      _ ("What buyers are told of its use is taken over from the newest version. Its instance types "
         "bring their prices into the same change set."));

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_new), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (chooser), widget);
}

static void
on_change (TrestleVersionsSection *self, TrestlePackage *package)
{
  trestle_draft_set_version_package (get_draft (self), self->index, package);
  show_version (self, self->index);
  check_package (self);
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleVersionsSection *self = TRESTLE_VERSIONS_SECTION (widget);
  TrestlePackageChooser *chooser = trestle_package_chooser_new (
      self->session, get_draft (self), _ ("Package of the Version"),
      _ ("Recommended instance types that the other package lacks are replaced."));

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_change), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (chooser), widget);
}

static void
copy_arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleVersionsSection *self = TRESTLE_VERSIONS_SECTION (widget);

  trestle_shell_copy (widget, trestle_draft_get_version_arn (get_draft (self), self->index),
                      _ ("ARN copied"));
}

static void
on_restricted (TrestleVersionsSection *self)
{
  g_autofree char *path = NULL;

  if (self->updating || self->open_draft == NULL)
    return;
  path = trestle_version_dup_path (self->index, "Restricted");
  if (adw_switch_row_get_active (self->restrict_row))
    trestle_draft_set_bool (get_draft (self), path, TRUE);
  else
    trestle_draft_set (get_draft (self), path, NULL);
}

static void
on_remove_agreed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleVersionsSection *self = owner;

  if (error == NULL && !trestle_version_is_live (get_draft (self), self->index))
    trestle_draft_remove (get_draft (self), "Versions", self->index);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleVersionsSection *self = TRESTLE_VERSIONS_SECTION (widget);
  g_autofree char *label = trestle_version_dup_label (get_draft (self), self->index);
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), label);

  trestle_watch (
      self, &self->asking,
      trestle_ask_to (widget, heading,
                      _ ("What was written of it goes with it. The draft’s history keeps "
                         "it; its package stays."),
                      _ ("_Remove"), TRUE),
      on_remove_agreed);
}

/* --- Object --------------------------------------------------------------------------------- */

static void
trestle_versions_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_OPEN_DRAFT)
    g_value_set_object (value, TRESTLE_VERSIONS_SECTION (object)->open_draft);
  else if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_VERSIONS_SECTION (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* What can be done with the package stands beside its name, or below it. */
static void
set_narrow (TrestleVersionsSection *self, gboolean narrow)
{
  g_autoptr (GtkWidget) box = NULL;

  if (self->narrow == narrow || self->package_box == NULL)
    return;
  self->narrow = narrow;
  box = g_object_ref (self->package_box);
  if (narrow)
    {
      adw_action_row_remove (self->package_row, box);
      adw_bin_set_child (self->narrow_bin, box);
    }
  else
    {
      adw_bin_set_child (self->narrow_bin, NULL);
      adw_action_row_add_suffix (self->package_row, box);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
trestle_versions_section_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (TRESTLE_VERSIONS_SECTION (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_versions_section_dispose (GObject *object)
{
  TrestleVersionsSection *self = TRESTLE_VERSIONS_SECTION (object);

  dex_clear (&self->describing);
  dex_clear (&self->asking);
  if (self->open_draft != NULL)
    {
      g_signal_handlers_disconnect_by_data (get_draft (self), self);
      g_signal_handlers_disconnect_by_data (trestle_open_draft_get_findings (self->open_draft),
                                            self);
    }
  self->updating = TRUE;
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_VERSIONS_SECTION);
  g_clear_object (&self->package);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_versions_section_parent_class)->dispose (object);
}

static void
trestle_versions_section_class_init (TrestleVersionsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_DRAFT_ENTRY);
  g_type_ensure (TRESTLE_TYPE_DRAFT_TEXT);
  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_PARAMETER_LIST);
  g_type_ensure (TRESTLE_TYPE_SAMPLE_GROUP);
  object_class->get_property = trestle_versions_section_get_property;
  object_class->set_property = trestle_versions_section_set_property;
  object_class->dispose = trestle_versions_section_dispose;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object (
      "open-draft", NULL, NULL, TRESTLE_TYPE_OPEN_DRAFT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                      | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/versions/trestle-versions-section.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, whole);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, summary);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, chooser);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, package_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, package_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, narrow_bin);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, certified_badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, change_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, package_strip);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, parts);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, realtime_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, batch_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, training_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, restrict_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, remove_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, role_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleVersionsSection, samples);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!g_str_equal (rows[i].child, "role_row"))
      gtk_widget_class_bind_template_child_full (widget_class, rows[i].child, FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_part);
  gtk_widget_class_bind_template_callback (widget_class, on_restricted);
  gtk_widget_class_install_action (widget_class, "versions.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "versions.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "versions.copy-arn", NULL, copy_arn_action);
  gtk_widget_class_install_action (widget_class, "versions.remove", NULL, remove_action);
}

static void
trestle_versions_section_init (TrestleVersionsSection *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (titles));
  g_signal_connect (self->realtime_row, "notify::selected-item",
                    G_CALLBACK (trestle_versions_section_recommend), self);
  g_signal_connect (self->batch_row, "notify::selected-item",
                    G_CALLBACK (trestle_versions_section_recommend), self);
  g_signal_connect (self->training_row, "notify::selected-item",
                    G_CALLBACK (trestle_versions_section_recommend), self);
  self->updating = FALSE;
}

static GtkWidget *
create (TrestleSession *session, TrestleOpenDraft *open_draft)
{
  TrestleVersionsSection *self = g_object_new (TRESTLE_TYPE_VERSIONS_SECTION, NULL);

  self->session = g_object_ref (session);
  self->open_draft = g_object_ref (open_draft);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN_DRAFT]);
  g_signal_connect_object (get_draft (self), "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_open_draft_get_findings (open_draft), "items-changed",
                           G_CALLBACK (trestle_versions_section_update), self, G_CONNECT_SWAPPED);
  /* the newest, which is worked on most */
  show_version (self, G_MAXUINT);
  return GTK_WIDGET (self);
}

static void
show_field (GtkWidget *form, const char *path)
{
  trestle_versions_section_show (TRESTLE_VERSIONS_SECTION (form), path);
}

static const char *const fields[] = { "Versions", NULL };

const TrestleDraftSection trestle_versions_section = {
  .id = "versions",
  .title = N_ ("Versions"),
  .fields = fields,
  .create = create,
  .show = show_field,
  .wide = TRUE,
};
