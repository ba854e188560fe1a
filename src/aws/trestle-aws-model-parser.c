/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <string.h>

#include "aws/trestle-aws-model-reader.h"

static gboolean
read_errors (TrestleAwsReader *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;
  gsize size;
  gpointer *list;

  while ((name = trestle_aws_reader_word (self)) != NULL)
    {
      g_ptr_array_add (names, (gpointer) name);
      trestle_aws_reader_refer (self, name);
    }
  size = names->len * sizeof (char *);
  list = trestle_aws_model_alloc (self->model, size + sizeof (char *));
  if (size > 0)
    memcpy (list, names->pdata, size);
  self->operation->errors = (const char *const *) list;
  return TRUE;
}

static gboolean
read_operation_detail (TrestleAwsReader *self)
{
  TrestleAwsOperation *operation = self->operation;
  const char *what = trestle_aws_reader_word (self);
  const char *text;

  if (g_strcmp0 (what, "http") == 0)
    {
      operation->method = trestle_aws_reader_word (self);
      operation->uri = trestle_aws_reader_word (self);
      if (operation->uri == NULL || *operation->uri != '/')
        return trestle_aws_reader_fail (self, "an operation's path starts with “/”");
      return TRUE;
    }
  if (g_strcmp0 (what, "errors") == 0)
    return read_errors (self);
  if (g_strcmp0 (what, "host") == 0)
    return (operation->host_prefix = trestle_aws_reader_word (self)) != NULL
               ? TRUE
               : trestle_aws_reader_fail (self, "no prefix");
  if (g_strcmp0 (what, "status") == 0 || g_strcmp0 (what, "timeout") == 0)
    return trestle_aws_reader_guint (self,
                                     (text = trestle_aws_reader_word (self)) != NULL ? text : "",
                                     *what == 's' ? &operation->status : &operation->timeout_ms);
  if (g_strcmp0 (what, "input") != 0 && g_strcmp0 (what, "output") != 0)
    return trestle_aws_reader_fail (self, "unknown word “%s”", what != NULL ? what : "");

  if (!trestle_aws_reader_refer_next (self, *what == 'i' ? &operation->input : &operation->output))
    return FALSE;
  while ((text = trestle_aws_reader_word (self)) != NULL)
    {
      if (g_str_has_prefix (text, "root="))
        operation->input_root = text + strlen ("root=");
      else if (g_str_has_prefix (text, "xmlns="))
        operation->input_namespace = text + strlen ("xmlns=");
      else if (g_str_has_prefix (text, "wrapper="))
        operation->output_wrapper = text + strlen ("wrapper=");
      else
        return trestle_aws_reader_fail (self, "unknown word “%s”", text);
    }
  return TRUE;
}

static gboolean
read_operation (TrestleAwsReader *self)
{
  static const TrestleAwsReaderName classes[] = {
    { "read", TRESTLE_AWS_REPLAY_READ },
    { "token", TRESTLE_AWS_REPLAY_TOKEN },
    { "ask", TRESTLE_AWS_REPLAY_ASK },
    { "invoke", TRESTLE_AWS_REPLAY_INVOKE },
  };
  static const char *const no_errors[] = { NULL };
  TrestleAwsOperation operation = { .method = "POST", .uri = "/", .errors = no_errors };
  int replay;

  operation.name = trestle_aws_reader_word (self);
  if (operation.name == NULL)
    return trestle_aws_reader_fail (self, "the name of the operation is missing");
  if (!trestle_aws_reader_name (self, classes, G_N_ELEMENTS (classes),
                                trestle_aws_reader_word (self), &replay))
    return FALSE;
  operation.replay = (TrestleAwsReplay) replay;
  g_array_append_val (self->operations, operation);
  self->operation = &g_array_index (self->operations, TrestleAwsOperation,
                                    self->operations->len - 1);
  return TRUE;
}

static gboolean
read_head (TrestleAwsReader *self, const char *what)
{
  static const TrestleAwsReaderName protocols[] = {
    { "json", TRESTLE_AWS_PROTOCOL_JSON },
    { "rest-json", TRESTLE_AWS_PROTOCOL_REST_JSON },
    { "rest-xml", TRESTLE_AWS_PROTOCOL_REST_XML },
    { "query", TRESTLE_AWS_PROTOCOL_QUERY },
  };
  TrestleAwsModel *model = self->model;
  const char *rest = self->at;
  int protocol;

  self->at = NULL;
  if (g_str_equal (what, "query-compatible"))
    {
      model->query_compatible = TRUE;
      return TRUE;
    }
  if (rest == NULL || *rest == '\0')
    return trestle_aws_reader_fail (self, "“%s” says nothing", what);
  if (g_str_equal (what, "protocol"))
    {
      if (!trestle_aws_reader_name (self, protocols, G_N_ELEMENTS (protocols), rest, &protocol))
        return FALSE;
      model->protocol = (TrestleAwsProtocol) protocol;
    }
  else if (g_str_equal (what, "service"))
    model->service = rest;
  else if (g_str_equal (what, "id"))
    model->service_id = rest;
  else if (g_str_equal (what, "json"))
    model->json_version = rest;
  else if (g_str_equal (what, "target"))
    model->target_prefix = rest;
  else if (g_str_equal (what, "signing"))
    model->signing_name = rest;
  else if (g_str_equal (what, "api"))
    model->api_version = rest;
  else if (g_str_equal (what, "xmlns"))
    model->xml_namespace = rest;
  else
    return trestle_aws_reader_fail (self, "unknown word “%s”", what);
  return TRUE;
}

static gboolean
read_line (TrestleAwsReader *self)
{
  static const TrestleAwsReaderName kinds[] = {
    { "structure", TRESTLE_AWS_SHAPE_STRUCTURE },
    { "list", TRESTLE_AWS_SHAPE_LIST },
    { "map", TRESTLE_AWS_SHAPE_MAP },
    { "string", TRESTLE_AWS_SHAPE_STRING },
    { "integer", TRESTLE_AWS_SHAPE_INTEGER },
    { "double", TRESTLE_AWS_SHAPE_DOUBLE },
    { "boolean", TRESTLE_AWS_SHAPE_BOOLEAN },
    { "blob", TRESTLE_AWS_SHAPE_BLOB },
    { "timestamp", TRESTLE_AWS_SHAPE_TIMESTAMP },
    { "document", TRESTLE_AWS_SHAPE_DOCUMENT },
  };
  const char *what;

  if (g_str_has_prefix (self->at, "  "))
    {
      self->at += 2;
      if (self->operation != NULL)
        return read_operation_detail (self);
      if (self->shape != NULL)
        return trestle_aws_reader_shape_detail (self);
      return trestle_aws_reader_fail (self, "an indented line without one above");
    }

  trestle_aws_reader_close_shape (self);
  self->operation = NULL;
  what = trestle_aws_reader_word (self);
  if (what == NULL || *what == '#')
    return TRUE;
  if (g_str_equal (what, "operation"))
    return read_operation (self);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, what))
      return trestle_aws_reader_shape (self, (TrestleAwsShapeKind) kinds[i].value);
  return read_head (self, what);
}

static gboolean
finish (TrestleAwsReader *self)
{
  TrestleAwsModel *model = self->model;
  GHashTableIter iter;
  gpointer shape;
  gsize size;

  trestle_aws_reader_close_shape (self);
  if (model->service == NULL || model->signing_name == NULL || model->api_version == NULL)
    return trestle_aws_reader_fail (self, "the head lacks service, signing or api");
  if (model->protocol == TRESTLE_AWS_PROTOCOL_JSON
      && (model->json_version == NULL || model->target_prefix == NULL))
    return trestle_aws_reader_fail (self, "a JSON service needs json and target");
  if (model->service_id == NULL)
    model->service_id = model->service;

  g_hash_table_iter_init (&iter, model->shapes);
  while (g_hash_table_iter_next (&iter, NULL, &shape))
    if (!g_hash_table_contains (self->defined, shape))
      return trestle_aws_reader_fail (self, "“%s” is used and not there",
                                      ((TrestleAwsShape *) shape)->name);

  model->n_operations = self->operations->len;
  size = model->n_operations * sizeof (TrestleAwsOperation);
  model->operations = trestle_aws_model_alloc (model, size);
  if (size > 0)
    memcpy (model->operations, self->operations->data, size);
  for (guint i = 0; i < model->n_operations; i++)
    {
      TrestleAwsOperation *operation = &model->operations[i];

      if (operation->input != NULL && operation->input->kind != TRESTLE_AWS_SHAPE_STRUCTURE)
        return trestle_aws_reader_fail (self, "the input of %s is no structure", operation->name);
      if (operation->output != NULL && operation->output->kind != TRESTLE_AWS_SHAPE_STRUCTURE)
        return trestle_aws_reader_fail (self, "the output of %s is no structure", operation->name);
      if (!g_hash_table_insert (model->operations_by_name, (gpointer) operation->name, operation))
        return trestle_aws_reader_fail (self, "“%s” is there twice", operation->name);
    }
  return TRUE;
}

gboolean
trestle_aws_model_read (TrestleAwsModel *model, gsize length, GError **error)
{
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (TrestleAwsOperation));
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (TrestleAwsMember));
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GHashTable) defined = g_hash_table_new (NULL, NULL);
  TrestleAwsReader self = {
    .model = model,
    .next = model->text,
    .end = model->text + length,
    .error = error,
    .operations = operations,
    .members = members,
    .values = values,
    .defined = defined,
  };
  const char *bad = NULL;

  if (!g_utf8_validate_len (model->text, length, &bad))
    {
      for (const char *c = model->text; c < bad; c++)
        self.line += *c == '\n';
      self.line++;
      return trestle_aws_reader_fail (&self, "not UTF-8");
    }

  while (self.next < self.end)
    {
      char *newline = memchr (self.next, '\n', (gsize) (self.end - self.next));

      if (newline == NULL)
        newline = self.end;
      *newline = '\0';
      self.line++;
      self.at = self.next;
      self.next = newline + 1;
      if (!read_line (&self))
        return FALSE;
    }

  return finish (&self);
}
