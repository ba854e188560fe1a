/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-price-lines.h"

#include "domain/trestle-dimensions.h"
#include "domain/trestle-rate-card.h"

#define CARD "Offer.RateCard"

struct _TrestlePriceLines
{
  GObject parent_instance;

  TrestleOpenDraft *draft;
  GListStore *lines;
  GHashTable *machines; /* nullable: type and use → #TrestleInstancePrice */
  guint columns;        /* bits of the modes that any line has */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestlePriceLines,
                               trestle_price_lines,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint updated_signal;

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_PRICE_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_PRICE_LINES (model)->lines));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_PRICE_LINES (model)->lines), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
trestle_price_lines_finalize (GObject *object)
{
  TrestlePriceLines *self = TRESTLE_PRICE_LINES (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->machines, g_hash_table_unref);
  G_OBJECT_CLASS (trestle_price_lines_parent_class)->finalize (object);
}

static void
trestle_price_lines_class_init (TrestlePriceLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_price_lines_finalize;
  updated_signal = g_signal_new ("updated", TRESTLE_TYPE_PRICE_LINES, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_price_lines_init (TrestlePriceLines *self)
{
  self->lines = g_list_store_new (TRESTLE_TYPE_PRICE_LINE);
  g_signal_connect_object (self->lines, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

int
trestle_price_lines_get_column (TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
    case TRESTLE_USAGE_MODE_INFERENCE:
      return 0;
    case TRESTLE_USAGE_MODE_BATCH:
      return 1;
    case TRESTLE_USAGE_MODE_TRAINING:
      return 2;
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return -1;
    }
}

/* @type: (nullable): of a price per call */
static const char *
key_of (const char *type)
{
  return type != NULL ? type : "";
}

/* A line that is there already stays: people may be typing in it. @known: type → line of those that
 * are there or were made; @taken: those that were given out */
static TrestlePriceLine *
take_line (TrestlePriceLines *self,
           GHashTable *known,
           GHashTable *taken,
           GPtrArray *lines,
           const char *type)
{
  TrestlePriceLine *line = g_hash_table_lookup (known, key_of (type));

  if (line != NULL && g_hash_table_contains (taken, line))
    return line;
  if (line == NULL)
    {
      line = trestle_price_line_new (self->draft, type);
      g_hash_table_insert (known, g_strdup (key_of (type)), line);
    }
  else
    for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
      trestle_price_line_set_key (line, mode, NULL, NULL);
  g_ptr_array_add (lines, g_object_ref (line));
  g_hash_table_add (taken, line);
  return line;
}

/* Returns: (transfer full): type → line of those that are there */
static GHashTable *
dup_known (TrestlePriceLines *self)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      TrestlePriceLine *line = get_item (G_LIST_MODEL (self), i);

      g_hash_table_insert (known, g_strdup (key_of (trestle_price_line_get_instance_type (line))),
                           line);
    }
  return known;
}

/* Returns: (transfer full): key → title of the first version whose package has it */
static GHashTable *
dup_versions (GPtrArray *packages, GPtrArray *titles, gboolean per_inference)
{
  GHashTable *versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < packages->len; i++)
    {
      g_auto (GStrv) keys = trestle_dimensions_of_package (packages->pdata[i], per_inference);

      for (char **key = keys; *key != NULL; key++)
        if (!g_hash_table_contains (versions, *key))
          g_hash_table_insert (versions, g_strdup (*key), titles->pdata[i]);
    }
  return versions;
}

/* Returns: (transfer full): the keys that have a price in what is live */
static GHashTable *
dup_live_keys (TrestleDraft *live)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; live != NULL && i < trestle_draft_get_length (live, CARD); i++)
    {
      g_autofree char *path = g_strdup_printf (CARD "[%u].DimensionKey", i);

      g_hash_table_add (keys, g_strdup (trestle_draft_get_text (live, path)));
    }
  return keys;
}

static void
read_packages (TrestlePriceLines *self, GPtrArray *packages, GPtrArray *titles)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  guint n = trestle_draft_get_length (draft, "Versions");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *model = g_strdup_printf ("Versions[%u].SageMakerModelPackageArn", i);
      g_autofree char *algorithm = g_strdup_printf ("Versions[%u].SageMakerAlgorithmArn", i);
      g_autofree char *restricted = g_strdup_printf ("Versions[%u].Restricted", i);
      g_autofree char *title = g_strdup_printf ("Versions[%u].VersionTitle", i);
      const char *arn = trestle_draft_get_text (draft, model);
      TrestlePackage *package = trestle_open_draft_get_package (
          self->draft, *arn != '\0' ? arn : trestle_draft_get_text (draft, algorithm));

      if (package == NULL || trestle_draft_get_bool (draft, restricted))
        continue;
      g_ptr_array_add (packages, package);
      g_ptr_array_add (titles, g_strdup (trestle_draft_get_text (draft, title)));
    }
}

static gboolean
is_same (TrestlePriceLines *self, GPtrArray *lines)
{
  guint n = get_n_items (G_LIST_MODEL (self));
  gboolean same = n == lines->len;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      same = line == lines->pdata[i];
    }
  return same;
}

static void set_machines_of (TrestlePriceLines *self, TrestlePriceLine *line);

static void
update (TrestlePriceLines *self)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = dup_known (self);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) live_keys = dup_live_keys (trestle_open_draft_get_live (self->draft));
  g_autoptr (GHashTable) versions = NULL;
  g_auto (GStrv) keys = NULL;
  guint columns = 0;

  read_packages (self, packages, titles);
  versions = dup_versions (packages, titles,
                           g_str_equal (trestle_price_lines_get_model (self), "inference"));
  keys = trestle_rate_card_dup_keys (draft, packages);
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *type = NULL;
      int column = trestle_price_lines_get_column (trestle_dimension_parse (*key, &type));
      const char *version = !g_hash_table_contains (live_keys, *key)
                                ? g_hash_table_lookup (versions, *key)
                                : NULL;

      if (column >= 0)
        trestle_price_line_set_key (take_line (self, known, taken, lines, type), (guint) column,
                                    *key, version);
    }
  if (!is_same (self, lines))
    g_list_store_splice (self->lines, 0, get_n_items (G_LIST_MODEL (self)), lines->pdata,
                         lines->len);
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    columns |= trestle_price_lines_has (self, mode) ? 1u << mode : 0;
  for (guint i = 0; i < lines->len; i++)
    {
      set_machines_of (self, lines->pdata[i]);
      trestle_price_line_update (lines->pdata[i], columns != self->columns);
    }
  self->columns = columns;
  g_signal_emit (self, updated_signal, 0);
}

static void
draft_changed_cb (TrestlePriceLines *self, const char *path)
{
  if (*path == '\0' || g_str_has_prefix (path, "Offer") || g_str_has_prefix (path, "Versions"))
    update (self);
}

TrestlePriceLines *
trestle_price_lines_new (TrestleOpenDraft *draft)
{
  TrestlePriceLines *self = g_object_new (TRESTLE_TYPE_PRICE_LINES, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (trestle_open_draft_get_draft (draft), "changed",
                           G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  /* packages and the live listing were read, again perhaps */
  g_signal_connect_object (draft, "linted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/* AWS's names of what an instance is used for. */
static const char *const components[TRESTLE_PRICE_MODES] = { "Hosting", "Batch Transform",
                                                             "Training" };

static void
set_machines_of (TrestlePriceLines *self, TrestlePriceLine *line)
{
  const char *type = trestle_price_line_get_instance_type (line);

  for (guint mode = 0; self->machines != NULL && type != NULL && mode < TRESTLE_PRICE_MODES; mode++)
    {
      g_autofree char *key = g_strconcat (type, "\n", components[mode], NULL);

      trestle_price_line_set_machine (line, mode, g_hash_table_lookup (self->machines, key));
    }
}

void
trestle_price_lines_set_machines (TrestlePriceLines *self, GListModel *machines)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));

  g_clear_pointer (&self->machines, g_hash_table_unref);
  self->machines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; machines != NULL && i < g_list_model_get_n_items (machines); i++)
    {
      g_autoptr (TrestleInstancePrice) machine = g_list_model_get_item (machines, i);
      g_autofree char *key = g_strconcat (
          key_of (trestle_instance_price_get_instance_type (machine)), "\n",
          trestle_instance_price_get_component (machine), NULL);

      if (!g_hash_table_contains (self->machines, key))
        g_hash_table_insert (self->machines, g_steal_pointer (&key), g_steal_pointer (&machine));
    }
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      set_machines_of (self, line);
      trestle_price_line_update (line, FALSE);
    }
}

gboolean
trestle_price_lines_has (TrestlePriceLines *self, guint mode)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), FALSE);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      if (trestle_price_line_has (line, mode))
        return TRUE;
    }
  return FALSE;
}

guint
trestle_price_lines_count_selected (TrestlePriceLines *self)
{
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), 0);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      n += trestle_price_line_get_selected (line);
    }
  return n;
}

guint
trestle_price_lines_dup_missing (TrestlePriceLines *self, char **version, char **type)
{
  guint n = 0;

  *version = *type = NULL;
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), 0);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);
      guint missing = trestle_price_line_count_missing (line);

      if (missing > 0 && n == 0)
        {
          *version = g_strdup (trestle_price_line_get_version (line));
          *type = g_strdup (trestle_price_line_get_instance_type (line));
        }
      n += missing;
    }
  return n;
}

void
trestle_price_lines_select_missing (TrestlePriceLines *self)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      g_object_set (line, "selected", trestle_price_line_count_missing (line) > 0, NULL);
    }
}

void
trestle_price_lines_put (TrestlePriceLines *self, GPtrArray *keys, GPtrArray *prices)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));
  trestle_rate_card_put (trestle_open_draft_get_draft (self->draft), keys, prices);
}

gboolean
trestle_price_lines_fill (TrestlePriceLines *self,
                          guint modes,
                          const char *formula,
                          const char *step,
                          int direction,
                          GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) prices = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), FALSE);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      for (guint mode = 0; trestle_price_line_get_selected (line) && mode < TRESTLE_PRICE_MODES;
           mode++)
        {
          char *price;

          if (!trestle_price_line_has (line, mode) || (modes & (1u << mode)) == 0)
            continue;
          price = trestle_price_line_dup_filled (line, mode, formula, step, direction, error);
          if (price == NULL)
            return FALSE;
          g_ptr_array_add (keys, (gpointer) trestle_price_line_get_key (line, mode));
          g_ptr_array_add (prices, price);
        }
    }
  trestle_price_lines_put (self, keys, prices);
  return TRUE;
}

TrestlePriceLine *
trestle_price_lines_find (TrestlePriceLines *self, const char *type)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), NULL);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      if (g_strcmp0 (trestle_price_line_get_instance_type (line), type) == 0)
        return line; /* the list keeps it */
    }
  return NULL;
}

static const char *
model_of (TrestleDraft *draft)
{
  if (g_str_equal (trestle_draft_get_text (draft, "Offer.PricingModel"), "Free"))
    return "free";
  return trestle_rate_card_find (draft, TRESTLE_DIMENSION_INFERENCE) != NULL ? "inference"
                                                                             : "hourly";
}

const char *
trestle_price_lines_get_model (TrestlePriceLines *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), "hourly");
  return model_of (trestle_open_draft_get_draft (self->draft));
}

/* What is free costs nothing, whatever it runs on. */
static void
put_nothing (TrestlePriceLines *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) prices = g_ptr_array_new ();

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
        if (trestle_price_line_has (line, mode))
          {
            g_ptr_array_add (keys, (gpointer) trestle_price_line_get_key (line, mode));
            g_ptr_array_add (prices, (gpointer) "0");
          }
    }
  trestle_price_lines_put (self, keys, prices);
}

/* Takes the rows of @mode out of the rate card. */
static void
remove_rates (TrestleDraft *draft, TrestleUsageMode mode)
{
  for (guint i = trestle_draft_get_length (draft, CARD); i-- > 0;)
    {
      g_autofree char *path = g_strdup_printf (CARD "[%u].DimensionKey", i);

      if (trestle_dimension_parse (trestle_draft_get_text (draft, path), NULL) == mode)
        trestle_draft_remove (draft, CARD, i);
    }
}

void
trestle_price_lines_set_model (TrestlePriceLines *self, const char *model)
{
  TrestleDraft *draft;

  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));

  draft = trestle_open_draft_get_draft (self->draft);
  if (g_str_equal (model, trestle_price_lines_get_model (self)))
    return;
  trestle_draft_set_text (draft, "Offer.PricingModel",
                          g_str_equal (model, "free") ? "Free" : "Usage");
  remove_rates (draft, g_str_equal (model, "inference") ? TRESTLE_USAGE_MODE_REALTIME
                                                        : TRESTLE_USAGE_MODE_INFERENCE);
  if (g_str_equal (model, "inference"))
    trestle_rate_card_set (draft, TRESTLE_DIMENSION_INFERENCE, "0.01");
  if (g_str_equal (model, "free"))
    {
      put_nothing (self);
      trestle_draft_set (draft, "Offer.FreeTrial", NULL);
    }
}

gboolean
trestle_price_lines_is_locked (TrestlePriceLines *self)
{
  TrestleDraft *live;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), FALSE);

  live = trestle_open_draft_get_live (self->draft);
  return live != NULL && trestle_draft_has (live, "Offer.PricingModel");
}
