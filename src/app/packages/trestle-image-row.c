/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-image-row.h"

#include <glib/gi18n.h>

#include "domain/trestle-container-image.h"
#include "packages/trestle-package-words.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleImageRow
{
  AdwComboRow parent_instance;

  GtkImage *icon;

  char *uri;
  gboolean filling;
};

enum
{
  PROP_URI = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleImageRow, trestle_image_row, ADW_TYPE_COMBO_ROW)

static void
set_outcome (TrestleImageRow *self, TrestleTone tone, const char *text)
{
  static const TrestleTone tones[] = { TRESTLE_TONE_SUCCESS, TRESTLE_TONE_WARNING,
                                       TRESTLE_TONE_ERROR };

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), trestle_tone_class (tones[i]));
  if (tone != TRESTLE_TONE_PLAIN)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), trestle_tone_class (tone));
  gtk_image_set_from_icon_name (self->icon,
                                tone == TRESTLE_TONE_SUCCESS ? "object-select-symbolic"
                                : tone == TRESTLE_TONE_ERROR || tone == TRESTLE_TONE_WARNING
                                    ? "dialog-warning-symbolic"
                                    : "trestle-packages-symbolic");
}

/* "iris:1" */
static char *
image_name (TrestleContainerImage *image, gpointer data)
{
  return image != NULL ? trestle_package_dup_image_name (trestle_container_image_get_uri (image))
                       : g_strdup ("");
}

static void
update (TrestleImageRow *self)
{
  TrestleContainerImage *image = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  g_autofree char *scan = NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  TrestleTone tone;

  if (!TRESTLE_IS_CONTAINER_IMAGE (image))
    return;
  if (trestle_container_image_get_digest (image) == NULL)
    {
      set_outcome (self, TRESTLE_TONE_WARNING, trestle_container_image_get_uri (image));
      return;
    }
  scan = trestle_image_dup_scan (image, &tone);
  size = g_format_size ((guint64) trestle_container_image_get_size (image));
  text = g_strdup_printf ("%s · %s · %.19s…", size, scan,
                          trestle_container_image_get_digest (image));
  set_outcome (self, tone, text);
}

static void
on_chosen (TrestleImageRow *self)
{
  TrestleContainerImage *image = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  if (self->filling || !TRESTLE_IS_CONTAINER_IMAGE (image))
    return;
  update (self);
  if (g_set_str (&self->uri, trestle_container_image_get_uri (image)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URI]);
}

static guint
find (GListModel *images, const char *uri)
{
  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (TrestleContainerImage) image = g_list_model_get_item (images, i);

      if (g_strcmp0 (trestle_container_image_get_uri (image), uri) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* An image that the list lacks is put before the others, so that it can be seen and kept. */
static void
fill (TrestleImageRow *self, GListModel *images)
{
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_CONTAINER_IMAGE);

  for (guint i = 0; images != NULL && i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (TrestleContainerImage) image = g_list_model_get_item (images, i);

      g_list_store_append (all, image);
    }
  if (*self->uri != '\0' && find (G_LIST_MODEL (all), self->uri) == GTK_INVALID_LIST_POSITION)
    {
      g_autoptr (TrestleContainerImage)
          other = g_object_new (TRESTLE_TYPE_CONTAINER_IMAGE, "uri", self->uri, NULL);

      g_list_store_insert (all, 0, other);
    }
  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (all));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), find (G_LIST_MODEL (all), self->uri));
  self->filling = FALSE;
  if (*self->uri == '\0')
    set_outcome (self, TRESTLE_TONE_PLAIN,
                 g_list_model_get_n_items (G_LIST_MODEL (all)) > 0
                     ? _ ("Choose one of your private registry")
                     : _ ("The registry is empty: push an image to a private repository of ECR"));
  update (self);
}

void
trestle_image_row_set_images (TrestleImageRow *self, GListModel *images)
{
  g_return_if_fail (TRESTLE_IS_IMAGE_ROW (self));
  fill (self, images);
}

void
trestle_image_row_fail (TrestleImageRow *self, const GError *error)
{
  g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("read the registry"), error);

  g_return_if_fail (TRESTLE_IS_IMAGE_ROW (self));
  set_outcome (self, TRESTLE_TONE_WARNING, problem->body);
}

static void
trestle_image_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_URI)
    g_value_set_string (value, TRESTLE_IMAGE_ROW (object)->uri);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_image_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleImageRow *self = TRESTLE_IMAGE_ROW (object);
  const char *uri = id == PROP_URI ? g_value_get_string (value) : NULL;

  if (id != PROP_URI)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (g_set_str (&self->uri, uri != NULL ? uri : ""))
    {
      g_autoptr (GListModel) model = NULL;

      g_set_object (&model, adw_combo_row_get_model (ADW_COMBO_ROW (self)));
      if (model != NULL)
        fill (self, model);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
trestle_image_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_IMAGE_ROW);
  G_OBJECT_CLASS (trestle_image_row_parent_class)->dispose (object);
}

static void
trestle_image_row_finalize (GObject *object)
{
  g_free (TRESTLE_IMAGE_ROW (object)->uri);
  G_OBJECT_CLASS (trestle_image_row_parent_class)->finalize (object);
}

static void
trestle_image_row_class_init (TrestleImageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_image_row_get_property;
  object_class->set_property = trestle_image_row_set_property;
  object_class->dispose = trestle_image_row_dispose;
  object_class->finalize = trestle_image_row_finalize;
  properties[PROP_URI] = g_param_spec_string (
      "uri", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-image-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleImageRow, icon);
}

static void
trestle_image_row_init (TrestleImageRow *self)
{
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (image_name), NULL, NULL);

  self->uri = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), name);
  g_signal_connect (self, "notify::selected-item", G_CALLBACK (on_chosen), NULL);
}
