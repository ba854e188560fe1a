/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-instance-price.h"
#include "packages/trestle-package-page-private.h"
#include "packages/trestle-spec-entry.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-prices.h"

static const char *const splits[] = { "None", "Line" };

/* --- Widgets and form ----------------------------------------------------------------------- */

static void
bind_text (TrestlePackagePage *self, const char *property, gpointer row, const char *target)
{
  g_object_bind_property (self->form, property, row, target,
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
on_combo_chosen (AdwComboRow *row, GParamSpec *pspec, TrestlePackageForm *form)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (row);

  g_object_set (form, g_object_get_data (G_OBJECT (row), "property"),
                chosen != NULL ? gtk_string_object_get_string (chosen) : "", NULL);
}

static void
on_form_choice (AdwComboRow *row, GParamSpec *pspec, TrestlePackageForm *form)
{
  GListModel *model = adw_combo_row_get_model (row);
  g_autofree char *value = NULL;

  g_object_get (form, pspec->name, &value, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), value)
        && adw_combo_row_get_selected (row) != i)
      adw_combo_row_set_selected (row, i);
}

/* @row chooses one of the texts of @list, which change. */
static void
bind_choice (TrestlePackagePage *self, AdwComboRow *row, const char *property, const char *list)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_object_set_data_full (G_OBJECT (row), "property", g_strdup (property), g_free);
  adw_combo_row_set_model (row, G_LIST_MODEL (trestle_package_form_get_list (self->form, list)));
  g_signal_connect_object (row, "notify::selected-item", G_CALLBACK (on_combo_chosen), self->form,
                           0);
  g_signal_connect_object (self->form, signal, G_CALLBACK (on_form_choice), row, G_CONNECT_SWAPPED);
}

static gboolean
split_to_index (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_uint (to, g_strcmp0 (g_value_get_string (from), splits[1]) == 0 ? 1 : 0);
  return TRUE;
}

static gboolean
index_to_split (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_string (to, splits[g_value_get_uint (from) == 1 ? 1 : 0]);
  return TRUE;
}

static void
set_facts (TrestlePackagePage *self)
{
  trestle_package_form_set_facts (self->form, self->account, self->images,
                                  adw_combo_row_get_model (ADW_COMBO_ROW (self->role_row)),
                                  G_LIST_MODEL (trestle_session_get_packages (self->session)));
}

static void
on_role_chosen (TrestlePackagePage *self)
{
  g_object_set (self->form, "role", trestle_role_row_get_arn (self->role_row), NULL);
}

static void
on_form_role (TrestlePackagePage *self)
{
  g_autofree char *role = NULL;

  g_object_get (self->form, "role", &role, NULL);
  if (g_strcmp0 (trestle_role_row_get_arn (self->role_row), role) != 0)
    trestle_role_row_set_arn (self->role_row, role);
}

/* Answers go beside the sample until they are sent elsewhere. */
static void
on_sample (TrestlePackagePage *self)
{
  g_autofree char *sample = NULL;
  g_autofree char *output = NULL;
  g_autofree char *proposal = NULL;
  const char *end;

  g_object_get (self->form, "sample", &sample, "output", &output, NULL);
  if (!g_str_has_prefix (sample, "s3://")
      || (*output != '\0' && !g_str_has_suffix (output, "/validation-output")))
    return;
  end = strchr (sample + strlen ("s3://"), '/');
  if (end == NULL)
    return;
  proposal = g_strdup_printf ("%.*s/validation-output", (int) (end - sample), sample);
  g_object_set (self->form, "output", proposal, NULL);
}

/* One image often does both; a second one is chosen where it does not. */
static void
on_image (TrestlePackagePage *self)
{
  g_autofree char *image = NULL;
  g_autofree char *serving = NULL;

  g_object_get (self->form, "image", &image, "serving-image", &serving, NULL);
  if (*serving == '\0' || g_strcmp0 (serving, self->image) == 0)
    g_object_set (self->form, "serving-image", image, NULL);
  g_set_str (&self->image, image);
}

void
trestle_package_page_show_kind (TrestlePackagePage *self)
{
  gboolean algorithm;

  g_object_get (self->form, "algorithm", &algorithm, NULL);
  adw_toggle_group_set_active_name (self->kind, algorithm ? "algorithm" : "model");
  adw_window_title_set_title (self->window_title,
                              algorithm ? _ ("New Algorithm") : _ ("New Model Package"));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 algorithm ? _ ("New Algorithm") : _ ("New Model Package"));
  adw_preferences_group_set_title (self->image_group,
                                   algorithm ? _ ("Name and Images") : _ ("Image and Model"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->image_row),
                                 algorithm ? _ ("Image for Training") : _ ("Image"));
  adw_preferences_group_set_title (self->types_group,
                                   algorithm ? _ ("Inference") : _ ("Instances and Types"));
  adw_preferences_group_set_description (
      self->validation_group,
      algorithm
          ? _ ("SageMaker runs one training job, and a batch job on what it has learnt. Sample "
               "data become public with the listing: use only what everybody may see.")
          : _ ("SageMaker runs one batch job. Sample input becomes public with the listing: "
               "use only what everybody may see."));
  gtk_widget_set_visible (GTK_WIDGET (self->serving_image_row), algorithm);
  gtk_widget_set_visible (self->model_data_row, !algorithm);
  gtk_widget_set_visible (GTK_WIDGET (self->training), algorithm);
  gtk_widget_set_visible (GTK_WIDGET (self->training_type_row),
                          algorithm
                              && adw_switch_row_get_active (ADW_SWITCH_ROW (self->certify_row)));
}

void
trestle_package_page_bind (TrestlePackagePage *self)
{
  TrestlePackageForm *form = self->form;

  bind_text (self, "name", self->name_row, "text");
  bind_text (self, "description", self->description_row, "text");
  bind_text (self, "image", self->image_row, "uri");
  bind_text (self, "serving-image", self->serving_image_row, "uri");
  bind_text (self, "model-data", self->model_data_row, "text");
  bind_text (self, "sample", self->sample_row, "text");
  bind_text (self, "output", self->output_row, "text");
  bind_text (self, "certify", self->certify_row, "active");
  trestle_chip_row_set_strings (self->realtime_row,
                                trestle_package_form_get_list (form, "realtime"));
  trestle_chip_row_set_strings (self->batch_row, trestle_package_form_get_list (form, "batch"));
  trestle_chip_row_set_strings (self->content_types_row,
                                trestle_package_form_get_list (form, "content-types"));
  trestle_chip_row_set_strings (self->response_types_row,
                                trestle_package_form_get_list (form, "response-types"));
  trestle_chip_row_set_choices (self->content_types_row, trestle_spec_entry_media_types, NULL);
  trestle_chip_row_set_choices (self->response_types_row, trestle_spec_entry_media_types, NULL);
  bind_choice (self, self->sample_type_row, "sample-type", "content-types");
  bind_choice (self, self->answer_type_row, "answer-type", "response-types");
  bind_choice (self, self->job_type_row, "job-type", "batch");
  bind_choice (self, self->training_type_row, "training-type", "training");
  trestle_training_groups_set_form (self->training, form);
  g_object_bind_property_full (form, "split", self->split_row, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, split_to_index,
                               index_to_split, NULL, NULL);
  g_signal_connect_object (self->role_row, "notify::model", G_CALLBACK (set_facts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->role_row, "notify::selected-item", G_CALLBACK (on_role_chosen),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::role", G_CALLBACK (on_form_role), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::image", G_CALLBACK (on_image), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::algorithm", G_CALLBACK (trestle_package_page_show_kind),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::certify", G_CALLBACK (trestle_package_page_show_kind),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "notify::sample", G_CALLBACK (on_sample), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_session_get_packages (self->session), "items-changed",
                           G_CALLBACK (set_facts), self, G_CONNECT_SWAPPED);
  set_facts (self);
  trestle_package_page_show_kind (self);
}

/* --- What is offered ------------------------------------------------------------------------ */

static char *
dup_note (TrestleInstancePrice *price)
{
  g_autofree char *hourly = trestle_format_hourly (trestle_instance_price_get_hourly (price));
  const char *vcpu = trestle_instance_price_get_vcpu (price);
  const char *memory = trestle_instance_price_get_memory (price);

  if (vcpu == NULL || memory == NULL)
    return g_strdup (hourly);
  return g_strdup_printf (_ ("%s vCPU · %s · %s"), vcpu, memory, hourly);
}

static int
compare_prices (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (trestle_instance_price_get_instance_type (*(TrestleInstancePrice **) a),
                    trestle_instance_price_get_instance_type (*(TrestleInstancePrice **) b));
}

static void
on_prices (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackagePage *self = owner;
  g_autoptr (GPtrArray) prices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GStrvBuilder) types = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_auto (GStrv) all_types = NULL;
  g_auto (GStrv) all_notes = NULL;

  /* Without prices, types are typed in. */
  if (error != NULL)
    return;
  g_set_object (&self->prices, g_value_get_object (value));
  for (guint i = 0; i < g_list_model_get_n_items (self->prices); i++)
    g_ptr_array_add (prices, g_list_model_get_item (self->prices, i));
  g_ptr_array_sort (prices, compare_prices);
  for (guint i = 0; i < prices->len; i++)
    {
      g_strv_builder_add (types, trestle_instance_price_get_instance_type (prices->pdata[i]));
      g_strv_builder_take (notes, dup_note (prices->pdata[i]));
    }
  all_types = g_strv_builder_end (types);
  all_notes = g_strv_builder_end (notes);
  trestle_chip_row_set_choices (self->realtime_row, (const char *const *) all_types,
                                (const char *const *) all_notes);
  trestle_chip_row_set_choices (self->batch_row, (const char *const *) all_types,
                                (const char *const *) all_notes);
  trestle_training_groups_set_choices (self->training, (const char *const *) all_types,
                                       (const char *const *) all_notes);
  trestle_package_page_show_cost (self);
}

/* Returns: (transfer full) (nullable): a quarter of an hour of @type; a batch job costs about as much as
 * hosting does, and so does training */
static TrestleMoney *
quarter_hour (TrestlePackagePage *self, const char *type)
{
  TrestleInstancePrice *price = trestle_prices_find (self->prices, type);

  return price != NULL && trestle_instance_price_get_hourly (price) != NULL
             ? trestle_money_scale (trestle_instance_price_get_hourly (price), 1, 4)
             : NULL;
}

/* Returns: (transfer full) (nullable): what the jobs of the validation cost, about */
static TrestleMoney *
validation_cost (TrestlePackagePage *self)
{
  g_autofree char *batch = NULL;
  g_autofree char *training = NULL;
  g_autoptr (TrestleMoney) job = NULL;
  g_autoptr (TrestleMoney) learning = NULL;
  gboolean algorithm;

  g_object_get (self->form, "job-type", &batch, "training-type", &training, "algorithm", &algorithm,
                NULL);
  job = quarter_hour (self, batch);
  if (job == NULL || !algorithm)
    return g_steal_pointer (&job);
  learning = quarter_hour (self, training);
  return learning != NULL ? trestle_money_add (job, learning, NULL) : NULL;
}

void
trestle_package_page_show_cost (TrestlePackagePage *self)
{
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TrestleMoney) cost = NULL;
  gboolean certify, algorithm;

  g_object_get (self->form, "certify", &certify, "algorithm", &algorithm, NULL);
  if (!certify)
    {
      gtk_label_set_label (self->cost_label,
                           _ ("Without validation it costs nothing, and cannot be listed"));
      return;
    }
  if (trestle_session_is_practice (self->session))
    {
      gtk_label_set_label (self->cost_label,
                           _ ("The practice account validates within a minute and bills nothing"));
      return;
    }
  cost = validation_cost (self);
  amount = trestle_format_amount (cost);
  if (cost != NULL)
    text = g_strdup_printf (algorithm ? _ ("Validation costs about %s and takes 20 to 40 minutes")
                                      : _ ("Validation costs about %s and takes 10 to 20 minutes"),
                            amount);
  else
    text = g_strdup (algorithm ? _ ("Validation takes 20 to 40 minutes of one instance")
                               : _ ("Validation takes 10 to 20 minutes of one instance"));
  gtk_label_set_label (self->cost_label, text);
}

static void
on_images (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackagePage *self = owner;

  if (error != NULL)
    {
      trestle_image_row_fail (self->image_row, error);
      trestle_image_row_fail (self->serving_image_row, error);
      return;
    }
  g_set_object (&self->images, g_value_get_object (value));
  trestle_image_row_set_images (self->image_row, self->images);
  trestle_image_row_set_images (self->serving_image_row, self->images);
  set_facts (self);
}

static void
on_identified (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackagePage *self = owner;

  if (error != NULL)
    return;
  g_set_str (&self->account, trestle_identity_get_account (g_value_get_object (value)));
  set_facts (self);
}

static void
on_package (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackagePage *self = owner;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("read the package"), error);
      return;
    }
  trestle_package_form_copy (self->form, g_value_get_object (value));
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
}

void
trestle_package_page_load (TrestlePackagePage *self)
{
  TrestlePackages *packages = trestle_session_get_packages (self->session);
  TrestleContext *context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (packages));

  trestle_page_state_set_state (self->state, self->original != NULL ? TRESTLE_PAGE_LOADING
                                                                    : TRESTLE_PAGE_CONTENT);
  if (self->original != NULL)
    trestle_watch (self, &self->loading_package,
                   trestle_packages_describe (packages, self->original), on_package);
  trestle_watch (self, &self->identifying, trestle_session_identify (self->session), on_identified);
  trestle_watch (self, &self->loading_images, trestle_packages_images (packages), on_images);
  trestle_watch (self, &self->loading_prices, trestle_prices_instances (context), on_prices);
  trestle_role_row_load (self->role_row, self->session);
}
