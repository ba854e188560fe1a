/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-request-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-attributes.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-variant.h"
#include "invoke/trestle-attributes-form.h"
#include "invoke/trestle-latency-chart.h"
#include "media/trestle-content-type.h"
#include "widgets/trestle-widget.h"

struct _TrestleRequestPane
{
  GtkWidget parent_instance;

  GtkDropDown *content_type;
  GtkDropDown *accept;
  GtkDropDown *variant;
  GtkStringList *content_types;
  GtkStringList *accepts;
  GtkStringList *variants;
  GtkWidget *variant_caption;
  GtkWidget *guessed_label;
  TrestleAttributesForm *attributes;
  GtkLabel *size_label;
  GtkLabel *limit_label;
  GtkLabel *route_label;
  GtkLevelBar *size_bar;

  TrestlePackage *package;
  TrestleFileItem *item;
  gint64 usual;
};

G_DEFINE_FINAL_TYPE (TrestleRequestPane, trestle_request_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VALID,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
fill (GtkStringList *list, const char *const *texts)
{
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), texts);
}

static const char *
selected (GtkDropDown *drop_down)
{
  GtkStringObject *object = gtk_drop_down_get_selected_item (drop_down);

  return object ? gtk_string_object_get_string (object) : NULL;
}

static gboolean
select_text (GtkDropDown *drop_down, GtkStringList *list, const char *text)
{
  for (guint i = 0; text != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (strcmp (gtk_string_list_get_string (list, i), text) == 0)
      {
        gtk_drop_down_set_selected (drop_down, i);
        return TRUE;
      }
  return FALSE;
}

static void
show_size (TrestleRequestPane *self)
{
  GBytes *bytes = self->item ? trestle_file_item_get_bytes (self->item) : NULL;
  gint64 limit = trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES);
  gint64 freely = trestle_limit (TRESTLE_LIMIT_INVOKE_FREELY_BYTES);
  gint64 size = bytes ? (gint64) g_bytes_get_size (bytes) : 0;
  g_autofree char *size_text = g_format_size ((guint64) size);
  g_autofree char *limit_text = g_format_size ((guint64) limit);
  g_autofree char *of = g_strdup_printf (_ ("of %s"), limit_text);
  g_autofree char *usual = self->usual > 0 ? trestle_latency_format (self->usual) : NULL;
  g_autofree char *route = NULL;

  gtk_label_set_label (self->size_label, bytes ? size_text : "–");
  gtk_label_set_label (self->limit_label, of);
  gtk_level_bar_set_value (self->size_bar, MIN (1.0, (double) size / (double) limit));
  if (bytes == NULL)
    route = g_strdup (_ ("Choose a file to send"));
  else if (!trestle_attributes_form_get_valid (self->attributes))
    route = g_strdup (_ ("The custom attributes cannot be sent like this"));
  else if (size > limit)
    route = g_strdup (
        _ ("Too large for a real-time call. A batch job takes up to 100 MB a record."));
  else if (size > freely)
    route = g_strdup (_ ("Over 6 MB: older endpoints may refuse it"));
  else if (usual != NULL)
    route = g_strdup_printf (_ ("Real-time · about %s"), usual);
  else
    route = g_strdup (_ ("Real-time · up to 60 seconds"));
  gtk_label_set_label (self->route_label, route);
}

void
trestle_request_pane_set_usual (TrestleRequestPane *self, gint64 latency)
{
  g_return_if_fail (TRESTLE_IS_REQUEST_PANE (self));
  self->usual = latency;
  show_size (self);
}

char *
trestle_request_pane_choose_type (TrestleRequestPane *self, TrestleFileItem *item)
{
  const char *guess = trestle_file_item_get_content_type (item);

  g_return_val_if_fail (TRESTLE_IS_REQUEST_PANE (self), NULL);
  return guess
             ? trestle_content_type_choose (
                   guess, self->package ? trestle_package_get_content_types (self->package) : NULL)
             : NULL;
}

static void
guess_type (TrestleRequestPane *self)
{
  g_autofree char *type = self->item ? trestle_request_pane_choose_type (self, self->item) : NULL;
  gboolean found;

  /* Without a list of what the model takes, the list is what has been guessed so far. */
  if (type != NULL && self->package == NULL
      && !select_text (self->content_type, self->content_types, type))
    gtk_string_list_append (self->content_types, type);
  found = select_text (self->content_type, self->content_types, type);
  gtk_widget_set_visible (self->guessed_label, found);
}

void
trestle_request_pane_set_file (TrestleRequestPane *self, TrestleFileItem *item)
{
  g_return_if_fail (TRESTLE_IS_REQUEST_PANE (self));

  g_set_object (&self->item, item);
  guess_type (self);
  show_size (self);
}

void
trestle_request_pane_set_endpoint (TrestleRequestPane *self,
                                   TrestleEndpoint *endpoint,
                                   TrestlePackage *package)
{
  const char *const nothing[] = { NULL };
  const char *const *types = package ? trestle_package_get_content_types (package) : nothing;
  const char *const *answers = package ? trestle_package_get_response_types (package) : nothing;
  GListModel *variants = trestle_endpoint_get_variants (endpoint);

  g_return_if_fail (TRESTLE_IS_REQUEST_PANE (self));

  g_set_object (&self->package, package);
  fill (self->content_types, types ? types : nothing);
  fill (self->accepts, answers ? answers : nothing);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->accepts)) == 0)
    gtk_string_list_append (self->accepts, "*/*");
  fill (self->variants, nothing);
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (TrestleVariant) v = g_list_model_get_item (variants, i);

      gtk_string_list_append (self->variants, trestle_variant_get_name (v));
    }
  gtk_widget_set_visible (self->variant_caption, g_list_model_get_n_items (variants) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->variant), g_list_model_get_n_items (variants) > 1);
  guess_type (self);
}

const char *
trestle_request_pane_get_content_type (TrestleRequestPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_REQUEST_PANE (self), NULL);
  return selected (self->content_type);
}

const char *
trestle_request_pane_get_accept (TrestleRequestPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_REQUEST_PANE (self), NULL);
  return selected (self->accept);
}

const char *
trestle_request_pane_get_variant (TrestleRequestPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_REQUEST_PANE (self), NULL);
  return g_list_model_get_n_items (G_LIST_MODEL (self->variants)) > 1 ? selected (self->variant)
                                                                      : NULL;
}

const char *
trestle_request_pane_get_attributes (TrestleRequestPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_REQUEST_PANE (self), NULL);
  return trestle_attributes_form_get_text (self->attributes);
}

static void
on_type_selected (TrestleRequestPane *self)
{
  g_autofree char *guess = self->item ? trestle_request_pane_choose_type (self, self->item) : NULL;

  gtk_widget_set_visible (self->guessed_label,
                          guess != NULL && g_strcmp0 (guess, selected (self->content_type)) == 0);
}

static void
on_attributes_changed (TrestleRequestPane *self)
{
  show_size (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

void
trestle_request_pane_set_version (TrestleRequestPane *self, TrestleVersion *version)
{
  g_autoptr (GListModel) documented = NULL;

  g_return_if_fail (TRESTLE_IS_REQUEST_PANE (self));

  documented = trestle_attributes_parse (
      version != NULL ? trestle_version_get_usage_instructions (version) : NULL);
  trestle_attributes_form_set_attributes (self->attributes, documented);
}

gboolean
trestle_request_pane_get_valid (TrestleRequestPane *self)
{
  g_return_val_if_fail (TRESTLE_IS_REQUEST_PANE (self), FALSE);
  return trestle_attributes_form_get_valid (self->attributes);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleRequestPane *self = TRESTLE_REQUEST_PANE (widget);

  guess_type (self);
  gtk_drop_down_set_selected (self->accept, 0);
  gtk_drop_down_set_selected (self->variant, 0);
  trestle_attributes_form_reset (self->attributes);
}

static void
trestle_request_pane_dispose (GObject *object)
{
  TrestleRequestPane *self = TRESTLE_REQUEST_PANE (object);

  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_REQUEST_PANE);
  g_clear_object (&self->package);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (trestle_request_pane_parent_class)->dispose (object);
}

static void
trestle_request_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_VALID)
    g_value_set_boolean (value, trestle_request_pane_get_valid (TRESTLE_REQUEST_PANE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TrestleRequestPane, child)

static void
trestle_request_pane_class_init (TrestleRequestPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_request_pane_dispose;
  G_OBJECT_CLASS (klass)->get_property = trestle_request_pane_get_property;
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  g_type_ensure (TRESTLE_TYPE_ATTRIBUTES_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/invoke/trestle-request-pane.ui");
  BIND (content_type);
  BIND (accept);
  BIND (variant);
  BIND (content_types);
  BIND (accepts);
  BIND (variants);
  BIND (variant_caption);
  BIND (guessed_label);
  BIND (attributes);
  BIND (size_label);
  BIND (limit_label);
  BIND (route_label);
  BIND (size_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_type_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_attributes_changed);
  gtk_widget_class_install_action (widget_class, "request.reset", NULL, reset_action);
}

static void
trestle_request_pane_init (TrestleRequestPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_size (self);
}
