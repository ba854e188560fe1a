/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-form.h"

#include <adwaita.h>

#include "editor/trestle-categories-group.h"
#include "editor/trestle-logo-group.h"
#include "editor/trestle-regions-group.h"
#include "editor/trestle-submission-group.h"
#include "widgets/trestle-draft-entry.h"
#include "widgets/trestle-draft-list.h"
#include "widgets/trestle-draft-text.h"
#include "widgets/trestle-widget.h"

struct _TrestleEditorForm
{
  GtkWidget parent_instance;

  GtkBox *box;
  GtkLabel *title;
  GtkLabel *description;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
};

enum
{
  PROP_TITLE = 1,
  PROP_DESCRIPTION,
  PROP_OPEN_DRAFT,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void trestle_editor_form_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleEditorForm,
                               trestle_editor_form,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      trestle_editor_form_buildable_init))

static void
hand_down (GtkWidget *widget, const char *property, gpointer object)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), property) != NULL)
    {
      g_object_set (widget, property, object, NULL);
      return; /* what is in it is its own concern */
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hand_down (child, property, object);
}

static void
trestle_editor_form_add_child (GtkBuildable *buildable,
                               GtkBuilder *builder,
                               GObject *child,
                               const char *type)
{
  TrestleEditorForm *self = TRESTLE_EDITOR_FORM (buildable);

  if (self->box != NULL && GTK_IS_WIDGET (child))
    gtk_box_append (self->box, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
trestle_editor_form_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = trestle_editor_form_add_child;
}

static void
trestle_editor_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleEditorForm *self = TRESTLE_EDITOR_FORM (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, gtk_label_get_label (self->description));
      break;
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, self->open_draft);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_editor_form_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleEditorForm *self = TRESTLE_EDITOR_FORM (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->title, g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      gtk_label_set_label (self->description, g_value_get_string (value));
      break;
    case PROP_OPEN_DRAFT:
      g_set_object (&self->open_draft, g_value_get_object (value));
      hand_down (GTK_WIDGET (self->box), "open-draft", self->open_draft);
      break;
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      hand_down (GTK_WIDGET (self->box), "session", self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_editor_form_dispose (GObject *object)
{
  TrestleEditorForm *self = TRESTLE_EDITOR_FORM (object);

  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_EDITOR_FORM);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_editor_form_parent_class)->dispose (object);
}

static void
trestle_editor_form_class_init (TrestleEditorFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  /* What the forms' templates name. */
  g_type_ensure (TRESTLE_TYPE_CATEGORIES_GROUP);
  g_type_ensure (TRESTLE_TYPE_DRAFT_ENTRY);
  g_type_ensure (TRESTLE_TYPE_DRAFT_LIST);
  g_type_ensure (TRESTLE_TYPE_DRAFT_TEXT);
  g_type_ensure (TRESTLE_TYPE_LOGO_GROUP);
  g_type_ensure (TRESTLE_TYPE_REGIONS_GROUP);
  g_type_ensure (TRESTLE_TYPE_SUBMISSION_GROUP);
  object_class->dispose = trestle_editor_form_dispose;
  object_class->get_property = trestle_editor_form_get_property;
  object_class->set_property = trestle_editor_form_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-editor-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorForm, box);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorForm, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEditorForm, description);
}

static void
trestle_editor_form_init (TrestleEditorForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_editor_form_build (const char *name, TrestleSession *session, TrestleOpenDraft *open_draft)
{
  g_autofree char *resource = g_strdup_printf ("/dev/trestle/Trestle/editor/%s.ui", name);
  GtkBuilder *builder;
  GtkWidget *form;

  g_type_ensure (TRESTLE_TYPE_EDITOR_FORM);
  builder = gtk_builder_new_from_resource (resource);
  form = g_object_ref (GTK_WIDGET (gtk_builder_get_object (builder, "form")));
  g_object_unref (builder);
  /* Whoever puts it somewhere owns it, as with every widget that is new. */
  g_object_force_floating (G_OBJECT (form));
  g_object_set (form, "session", session, "open-draft", open_draft, NULL);
  return form;
}
