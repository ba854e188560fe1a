/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-draft-entry.h"

#include "widgets/trestle-finding-strip.h"

struct _TrestleDraftEntry
{
  AdwPreferencesRow parent_instance;

  GtkLabel *caption;
  GtkLabel *counter;
  GtkText *text;
  GtkBox *suffixes;
  TrestleFindingStrip *strip;

  TrestleDraftBinding *binding;
  char *own_caption;
  gboolean updating;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_PATH,
  PROP_CAPTION,
  PROP_MONOSPACE,
  PROP_EDITABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint applied_signal;

static void trestle_draft_entry_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleDraftEntry,
                               trestle_draft_entry,
                               ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      trestle_draft_entry_buildable_init))

static void
update (TrestleDraftEntry *self)
{
  TrestleTone tone;
  g_autofree char *label = trestle_draft_binding_dup_label (self->binding);
  g_autofree char *counter = trestle_draft_binding_dup_counter (self->binding, &tone);
  const char *text = trestle_draft_binding_get_text (self->binding);

  gtk_label_set_label (self->caption, self->own_caption != NULL ? self->own_caption : label);
  gtk_label_set_label (self->counter, counter);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), *counter != '\0');
  trestle_tone_set (GTK_WIDGET (self->counter), tone);
  trestle_finding_strip_set_finding (self->strip,
                                     trestle_draft_binding_get_finding (self->binding));
  /* What is being typed stays: the cursor would jump. */
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->text)), text) == 0)
    return;
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  self->updating = FALSE;
}

static void
on_text_changed (TrestleDraftEntry *self)
{
  if (!self->updating)
    trestle_draft_binding_set_text (self->binding,
                                    gtk_editable_get_text (GTK_EDITABLE (self->text)));
}

static void
on_activate (TrestleDraftEntry *self)
{
  g_signal_emit (self, applied_signal, 0);
}

void
trestle_draft_entry_add_suffix (TrestleDraftEntry *self, GtkWidget *suffix)
{
  g_return_if_fail (TRESTLE_IS_DRAFT_ENTRY (self));
  gtk_box_append (self->suffixes, suffix);
  gtk_widget_set_visible (GTK_WIDGET (self->suffixes), TRUE);
}

GtkWidget *
trestle_draft_entry_get_strip (TrestleDraftEntry *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_ENTRY (self), NULL);
  return GTK_WIDGET (self->strip);
}

/* The row itself is no stop of the keyboard: what is in it is. */
static gboolean
trestle_draft_entry_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction);
}

static gboolean
trestle_draft_entry_grab_focus (GtkWidget *widget)
{
  return gtk_text_grab_focus_without_selecting (TRESTLE_DRAFT_ENTRY (widget)->text);
}

static void
trestle_draft_entry_add_child (GtkBuildable *buildable,
                               GtkBuilder *builder,
                               GObject *child,
                               const char *type)
{
  TrestleDraftEntry *self = TRESTLE_DRAFT_ENTRY (buildable);

  if (self->suffixes != NULL && GTK_IS_WIDGET (child) && type == NULL)
    trestle_draft_entry_add_suffix (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
trestle_draft_entry_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = trestle_draft_entry_add_child;
}

static void
trestle_draft_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDraftEntry *self = TRESTLE_DRAFT_ENTRY (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_value_set_object (value, trestle_draft_binding_get_open_draft (self->binding));
      break;
    case PROP_PATH:
      g_value_set_string (value, trestle_draft_binding_get_path (self->binding));
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->own_caption);
      break;
    case PROP_MONOSPACE:
      g_value_set_boolean (value, gtk_widget_has_css_class (GTK_WIDGET (self->text), "monospace"));
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, gtk_editable_get_editable (GTK_EDITABLE (self->text)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleDraftEntry *self = TRESTLE_DRAFT_ENTRY (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      trestle_draft_binding_set_open_draft (self->binding, g_value_get_object (value));
      break;
    case PROP_PATH:
      trestle_draft_binding_set_path (self->binding, g_value_get_string (value));
      break;
    case PROP_CAPTION:
      if (g_set_str (&self->own_caption, g_value_get_string (value)))
        update (self);
      break;
    case PROP_MONOSPACE:
      if (g_value_get_boolean (value))
        gtk_widget_add_css_class (GTK_WIDGET (self->text), "monospace");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->text), "monospace");
      break;
    case PROP_EDITABLE:
      gtk_editable_set_editable (GTK_EDITABLE (self->text), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_draft_entry_dispose (GObject *object)
{
  TrestleDraftEntry *self = TRESTLE_DRAFT_ENTRY (object);

  if (self->binding != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->binding, self);
      trestle_draft_binding_set_open_draft (self->binding, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DRAFT_ENTRY);
  G_OBJECT_CLASS (trestle_draft_entry_parent_class)->dispose (object);
}

static void
trestle_draft_entry_finalize (GObject *object)
{
  TrestleDraftEntry *self = TRESTLE_DRAFT_ENTRY (object);

  g_clear_object (&self->binding);
  g_free (self->own_caption);
  G_OBJECT_CLASS (trestle_draft_entry_parent_class)->finalize (object);
}

static void
trestle_draft_entry_class_init (TrestleDraftEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  object_class->dispose = trestle_draft_entry_dispose;
  object_class->finalize = trestle_draft_entry_finalize;
  object_class->get_property = trestle_draft_entry_get_property;
  object_class->set_property = trestle_draft_entry_set_property;
  widget_class->focus = trestle_draft_entry_focus;
  widget_class->grab_focus = trestle_draft_entry_grab_focus;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_MONOSPACE] = g_param_spec_boolean ("monospace", NULL, NULL, FALSE, flags);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  applied_signal = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-draft-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftEntry, caption);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftEntry, counter);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftEntry, text);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftEntry, suffixes);
  gtk_widget_class_bind_template_child (widget_class, TrestleDraftEntry, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
trestle_draft_entry_init (TrestleDraftEntry *self)
{
  self->binding = trestle_draft_binding_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->binding, "changed", G_CALLBACK (update), self);
}

GtkWidget *
trestle_draft_entry_new (TrestleOpenDraft *open_draft, const char *path)
{
  return g_object_new (TRESTLE_TYPE_DRAFT_ENTRY, "path", path, "open-draft", open_draft, NULL);
}
