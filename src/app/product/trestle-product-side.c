/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-product-side.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "domain/trestle-resource.h"
#include "domain/trestle-sample.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-stars.h"
#include "widgets/trestle-widget.h"

#define FEW_VERSIONS 2

struct _TrestleProductSide
{
  GtkWidget parent_instance;

  GtkWidget *samples_group;
  GtkListBox *samples;
  GtkWidget *versions_group;
  GtkButton *all_versions;
  TrestlePageState *versions_state;
  GtkListBox *versions;
  GtkWidget *rating_group;
  GtkLabel *rating;
  TrestleStars *stars;
  GtkLabel *rating_count;
  GtkWidget *rating_button;
  GtkWidget *support_group;
  GtkListBox *support;

  TrestleProductModel *model;
  gboolean all;
};

G_DEFINE_FINAL_TYPE (TrestleProductSide, trestle_product_side, GTK_TYPE_WIDGET)

GtkWidget *
trestle_product_side_get_anchor (TrestleProductSide *self, const char *section)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_SIDE (self), NULL);

  if (g_str_equal (section, "versions"))
    return self->versions_group;
  if (g_str_equal (section, "rating"))
    return self->rating_group;
  return self->support_group;
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/* --- Samples -------------------------------------------------------------------------------- */

static void
on_sample_clicked (TrestleProductSide *self, GtkButton *button)
{
  TrestleSample *sample = g_object_get_data (G_OBJECT (button), "sample");
  TrestleEndpoint *endpoint;
  g_autofree char *argument = NULL;

  switch (trestle_product_model_get_standing (self->model, &endpoint))
    {
    case TRESTLE_STANDING_RUNNING:
      argument = g_strdup_printf ("%s\n%s", trestle_endpoint_get_name (endpoint),
                                  trestle_sample_get_url (sample));
      trestle_shell_open (GTK_WIDGET (self), "bench", argument);
      break;
    case TRESTLE_STANDING_STARTING:
      trestle_shell_toast (GTK_WIDGET (self),
                           _ ("The endpoint is starting; the sample can be sent in a moment"));
      break;
    case TRESTLE_STANDING_SUBSCRIBED:
    case TRESTLE_STANDING_TRIAL:
      trestle_shell_toast (GTK_WIDGET (self),
                           _ ("Deploy the product first; then the sample can be sent"));
      break;
    case TRESTLE_STANDING_NOT_SUBSCRIBED:
    case TRESTLE_STANDING_UNKNOWN:
    default:
      trestle_shell_toast (
          GTK_WIDGET (self),
          _ ("Subscribe and deploy the product first; then the sample can be sent"));
      break;
    }
}

static const char *
icon_for (const char *content_type)
{
  if (content_type == NULL)
    return "text-x-generic-symbolic";
  if (g_str_has_prefix (content_type, "image/"))
    return "image-x-generic-symbolic";
  if (g_str_has_prefix (content_type, "audio/"))
    return "audio-x-generic-symbolic";
  if (g_str_has_prefix (content_type, "video/"))
    return "video-x-generic-symbolic";
  if (g_str_equal (content_type, "text/csv"))
    return "x-office-spreadsheet-symbolic";
  return "text-x-generic-symbolic";
}

static void
update_samples (TrestleProductSide *self)
{
  TrestleListing *listing = trestle_product_model_get_listing (self->model);
  TrestleVersion *version = trestle_product_model_get_newest (self->model);
  g_autoptr (GListModel) samples = NULL;
  guint n;

  gtk_list_box_remove_all (self->samples);
  if (listing == NULL || version == NULL)
    {
      gtk_widget_set_visible (self->samples_group, FALSE);
      return;
    }

  samples = trestle_catalogue_samples (
      trestle_session_get_catalogue (trestle_product_model_get_session (self->model)), listing,
      version);
  n = g_list_model_get_n_items (samples);
  gtk_widget_set_visible (self->samples_group, n > 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleSample) sample = g_list_model_get_item (samples, i);
      GtkWidget *row = new_row (trestle_sample_get_name (sample),
                                trestle_sample_get_content_type (sample));
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Open in _Workbench"));
      g_autofree char *name = g_strdup_printf (_ ("Open %s in Workbench"),
                                               trestle_sample_get_name (sample));

      adw_action_row_add_prefix (
          ADW_ACTION_ROW (row),
          trestle_widget_decoration (icon_for (trestle_sample_get_content_type (sample))));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "compact");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_object_set_data_full (G_OBJECT (button), "sample", g_object_ref (sample), g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_sample_clicked), self,
                               G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      g_object_set_data_full (G_OBJECT (row), "uri", g_strdup (trestle_sample_get_url (sample)),
                              g_free);
      gtk_list_box_append (self->samples, row);
    }
}

/* --- Versions ------------------------------------------------------------------------------- */

static void
update_versions (TrestleProductSide *self)
{
  GListModel *versions = trestle_product_model_get_versions (self->model);
  const GError *error = trestle_product_model_get_error (self->model, TRESTLE_PART_VERSIONS);
  g_autofree char *label = NULL;
  guint n;

  if (error != NULL)
    {
      trestle_page_state_fail (self->versions_state, _ ("load the versions"), error);
      return;
    }
  if (versions == NULL)
    {
      trestle_page_state_set_state (self->versions_state, TRESTLE_PAGE_LOADING);
      gtk_widget_set_visible (GTK_WIDGET (self->all_versions), FALSE);
      return;
    }

  n = g_list_model_get_n_items (versions);
  gtk_list_box_remove_all (self->versions);
  for (guint i = 0; i < (self->all ? n : MIN (n, FEW_VERSIONS)); i++)
    {
      g_autoptr (TrestleVersion) version = g_list_model_get_item (versions, i);
      GtkWidget *row = new_row (trestle_version_get_title (version),
                                trestle_version_get_release_notes (version));

      if (i == 0)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                   trestle_badge_new (_ ("Newest"), TRESTLE_TONE_SUCCESS));
      gtk_list_box_append (self->versions, row);
    }
  label = self->all ? g_strdup (_ ("Fewer")) : g_strdup_printf (_ ("All %u"), n);
  gtk_button_set_label (self->all_versions, label);
  gtk_widget_set_visible (GTK_WIDGET (self->all_versions), n > FEW_VERSIONS);
  trestle_page_state_set_state (self->versions_state,
                                n > 0 ? TRESTLE_PAGE_CONTENT : TRESTLE_PAGE_EMPTY);
}

static void
all_versions_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleProductSide *self = TRESTLE_PRODUCT_SIDE (widget);

  self->all = !self->all;
  update_versions (self);
}

static void
on_versions_retry (TrestleProductSide *self)
{
  trestle_product_model_load (self->model, TRESTLE_PART_VERSIONS);
}

/* --- Rating and support --------------------------------------------------------------------- */

static void
launch (TrestleProductSide *self, const char *uri)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                           NULL, NULL);
}

static void
on_rating_clicked (TrestleProductSide *self)
{
  launch (self, trestle_listing_get_rating_url (trestle_product_model_get_listing (self->model)));
}

static void
on_support_activated (TrestleProductSide *self, GtkListBoxRow *row)
{
  const char *uri = g_object_get_data (G_OBJECT (row), "uri");

  if (uri != NULL)
    launch (self, uri);
}

static void
add_support (TrestleProductSide *self, TrestleResource *resource)
{
  const char *type = trestle_resource_get_content_type (resource);
  const char *value = trestle_resource_get_value (resource);
  const char *name = trestle_resource_get_display_name (resource);
  gboolean link = g_strcmp0 (type, "LINK") == 0, mail = g_strcmp0 (type, "EMAIL") == 0;
  GtkWidget *row;

  if (name == NULL)
    name = link                                    ? _ ("Web page")
           : mail                                  ? _ ("E-mail")
           : g_strcmp0 (type, "PHONE_NUMBER") == 0 ? _ ("Telephone")
                                                   : _ ("Help");
  row = new_row (name, value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), !link && !mail);
  if (link || mail)
    {
      g_object_set_data_full (G_OBJECT (row), "uri",
                              mail ? g_strconcat ("mailto:", value, NULL) : g_strdup (value),
                              g_free);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 trestle_widget_decoration ("adw-external-link-symbolic"));
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), link || mail);
  gtk_list_box_append (self->support, row);
}

/* A sample's address has its place under Try It. */
static gboolean
is_sample (TrestleProductSide *self, const char *uri)
{
  for (GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->samples, 0); row != NULL;
       row = gtk_list_box_get_row_at_index (self->samples, gtk_list_box_row_get_index (row) + 1))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "uri"), uri) == 0)
      return TRUE;
  return FALSE;
}

static void
update_support (TrestleProductSide *self)
{
  TrestleListing *listing = trestle_product_model_get_listing (self->model);
  GListModel *resources = listing != NULL ? trestle_listing_get_resources (listing) : NULL;

  gtk_list_box_remove_all (self->support);
  for (guint i = 0; resources != NULL && i < g_list_model_get_n_items (resources); i++)
    {
      g_autoptr (TrestleResource) resource = g_list_model_get_item (resources, i);

      if (!is_sample (self, trestle_resource_get_value (resource)))
        add_support (self, resource);
    }
  gtk_widget_set_visible (self->support_group,
                          gtk_list_box_get_row_at_index (self->support, 0) != NULL);
}

static void
update_listing (TrestleProductSide *self)
{
  TrestleListing *listing = trestle_product_model_get_listing (self->model);
  g_autofree char *rating = NULL;
  g_autofree char *count = NULL;
  guint n;

  if (listing == NULL)
    return;

  n = (guint) trestle_listing_get_rating_count (listing);
  rating = trestle_listing_get_rating (listing) >= 0
               ? g_strdup_printf ("%.1f", trestle_listing_get_rating (listing))
               : g_strdup ("–");
  count = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u rating on AWS Marketplace",
                                                "%u ratings on AWS Marketplace", n),
                                   n)
                : g_strdup (_ ("Nobody has rated it yet"));
  gtk_label_set_label (self->rating, rating);
  gtk_label_set_label (self->rating_count, count);
  g_object_set (self->stars, "rating", MAX (trestle_listing_get_rating (listing), -1), NULL);
  gtk_widget_set_visible (self->rating_button, trestle_listing_get_rating_url (listing) != NULL);
}

static void
update (TrestleProductSide *self, TrestlePart part)
{
  if (part == TRESTLE_PART_LISTING)
    update_listing (self);
  if (part == TRESTLE_PART_VERSIONS || part == TRESTLE_PART_LISTING)
    {
      update_samples (self);
      update_support (self);
      update_versions (self);
    }
}

void
trestle_product_side_set_model (TrestleProductSide *self, TrestleProductModel *model)
{
  g_return_if_fail (TRESTLE_IS_PRODUCT_SIDE (self));

  g_set_object (&self->model, model);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self, TRESTLE_PART_LISTING);
}

static void
trestle_product_side_dispose (GObject *object)
{
  TrestleProductSide *self = TRESTLE_PRODUCT_SIDE (object);

  g_clear_object (&self->model);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PRODUCT_SIDE);
  G_OBJECT_CLASS (trestle_product_side_parent_class)->dispose (object);
}

static void
trestle_product_side_class_init (TrestleProductSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_STARS);
  G_OBJECT_CLASS (klass)->dispose = trestle_product_side_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-product-side.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, samples_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, samples);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, versions_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, all_versions);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, versions_state);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, versions);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, rating_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, rating);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, stars);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, rating_count);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, rating_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, support_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleProductSide, support);
  gtk_widget_class_bind_template_callback (widget_class, on_versions_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_rating_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_support_activated);
  gtk_widget_class_install_action (widget_class, "product.all-versions", NULL, all_versions_action);
}

static void
trestle_product_side_init (TrestleProductSide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
